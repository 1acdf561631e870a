package dev.keyward.pkcs11;

import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.session.TokenSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fresh SoftHSM tokens. SoftHSM reads its configuration once for a process, so there is one directory for this JVM, made
 * anew, and a token in it for each who asks.
 */
final class SoftHsm {
    static final HsmProfile PROFILE = HsmProfiles.readFile(Path.of("../../hsm-config/softhsm2.yaml"));
    static final String PIN = "user-1234";

    private static final Path DIRECTORY = freshDirectory();
    private static final AtomicInteger TOKENS = new AtomicInteger();

    private SoftHsm() {}

    /** How to open a token that nobody has used yet. */
    static Pkcs11Configuration freshToken() {
        return freshToken(PROFILE);
    }

    /** The same, to be treated as another profile says. */
    static Pkcs11Configuration freshToken(HsmProfile profile) {
        String label = "test " + TOKENS.incrementAndGet();
        TokenInitializer.initialize(
                PROFILE,
                null,
                DIRECTORY,
                label,
                "officer-1234".getBytes(StandardCharsets.UTF_8),
                PIN.getBytes(StandardCharsets.UTF_8));
        return configuration(label, profile);
    }

    static Pkcs11Configuration configuration(String label, HsmProfile profile) {
        return new Pkcs11Configuration(
                "softhsm",
                null,
                DIRECTORY,
                TokenSelector.label(label),
                profile,
                new FixedPin(PIN),
                Pkcs11Configuration.DEFAULT_SESSIONS,
                Duration.ofSeconds(5));
    }

    private static Path freshDirectory() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "softhsm");
            SoftHsmDirectory.make(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
