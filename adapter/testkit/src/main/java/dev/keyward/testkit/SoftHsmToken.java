package dev.keyward.testkit;

import dev.keyward.boot.Profiles;
import dev.keyward.pkcs11.SoftHsmDirectory;
import dev.keyward.pkcs11.TokenInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A fresh SoftHSM token. SoftHSM reads its configuration once for a process, so all tokens of this JVM are in one
 * directory, which goes when the JVM ends. Immutable and thread-safe.
 *
 * @param label its label, which no other token of this JVM has
 * @param pin its user PIN
 */
record SoftHsmToken(String label, String pin) {
    static final String PROFILE = "softhsm2";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Made when the first token is asked for. */
    private static final class Shared {
        static final Path DIRECTORY = make();

        private static Path make() {
            try {
                Path directory = Directories.temporary("keyward-softhsm");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(directory)));
                SoftHsmDirectory.make(directory);
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException if SoftHSM is not installed
     * @throws dev.keyward.contract.TokenException if it refuses
     */
    static SoftHsmToken fresh() {
        SoftHsmToken token = new SoftHsmToken("test-" + random(8), random(16));
        byte[] pin = token.pin.getBytes(StandardCharsets.US_ASCII);
        TokenInitializer.initialize(Profiles.read(null).named(PROFILE), null, Shared.DIRECTORY, token.label, pin, pin);
        return token;
    }

    /** Where it is. */
    Path directory() {
        return Shared.DIRECTORY;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return label;
    }
}
