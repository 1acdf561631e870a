package dev.keyward.pkcs11;

import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.pkcs11.session.TokenSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A fresh NSS database. Its one token for keys is always called the same, and its user PIN is set by a security officer
 * whose PIN is empty.
 */
final class Nss {
    static final HsmProfile PROFILE = HsmProfiles.readFile(Path.of("../../hsm-config/nss.yaml"));
    static final String LABEL = "NSS Certificate DB";
    private static final String PIN = "user-1234";

    private Nss() {}

    /** How to open a token that nobody has used yet. */
    static Pkcs11Configuration freshToken() {
        Path directory = freshDirectory();
        try (Pkcs11Library library = Libraries.open(PROFILE, null, directory)) {
            // Before its PIN is set it does not call itself initialised.
            TokenDescription token = new Slots(library.cryptoki())
                    .tokens().stream()
                            .filter(candidate -> candidate.label().equals(LABEL))
                            .findFirst()
                            .orElseThrow();
            TokenInitializer.initializeUserPin(
                    library.cryptoki(), token, new byte[0], PIN.getBytes(StandardCharsets.UTF_8));
        }
        return new Pkcs11Configuration(
                "nss",
                null,
                directory,
                TokenSelector.label(LABEL),
                PROFILE,
                new FixedPin(PIN),
                Pkcs11Configuration.DEFAULT_SESSIONS,
                Duration.ofSeconds(5));
    }

    private static Path freshDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "nss");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
