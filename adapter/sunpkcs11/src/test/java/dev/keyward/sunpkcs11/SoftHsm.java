package dev.keyward.sunpkcs11;

import dev.keyward.pkcs11.KeyCertificate;
import dev.keyward.pkcs11.Pkcs11Configuration;
import dev.keyward.pkcs11.SoftHsmDirectory;
import dev.keyward.pkcs11.TokenInitializer;
import dev.keyward.pkcs11.TokenProbe;
import dev.keyward.pkcs11.TokenProbe.ProbedToken;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.TokenSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Fresh SoftHSM tokens. SoftHSM reads its configuration once for a process, and shows a new token under its number only when it
 * is opened anew; so all tokens that this JVM needs are made before SunPKCS11 opens it.
 */
final class SoftHsm {
    static final HsmProfile PROFILE = HsmProfiles.readFile(Path.of("../../hsm-config/softhsm2.yaml"));
    static final String PIN = "user-1234";

    private static final Path DIRECTORY = freshDirectory();
    private static final Map<String, SunPkcs11Configuration> TOKENS = make("messages", "pairs", "own");

    private SoftHsm() {}

    /** How to open the token of that label, which is for one test alone. */
    static SunPkcs11Configuration token(String label) {
        SunPkcs11Configuration token = TOKENS.get(label);
        if (token == null) {
            throw new IllegalArgumentException(label);
        }
        return token;
    }

    /** How Keyward's own binding opens the token of that label. */
    static Pkcs11Configuration ownBinding(String label) {
        return new Pkcs11Configuration(
                "softhsm",
                null,
                DIRECTORY,
                TokenSelector.label(label),
                PROFILE,
                PinSource.file(pinFile()),
                Pkcs11Configuration.DEFAULT_SESSIONS,
                Pkcs11Configuration.DEFAULT_SESSION_WAIT);
    }

    private static Path pinFile() {
        try {
            return Files.writeString(
                    Files.createTempFile(
                            DIRECTORY,
                            "pin",
                            "",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    PIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, SunPkcs11Configuration> make(String... labels) {
        for (String label : labels) {
            TokenInitializer.initialize(
                    PROFILE,
                    null,
                    DIRECTORY,
                    label,
                    "officer-1234".getBytes(StandardCharsets.UTF_8),
                    PIN.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, SunPkcs11Configuration> tokens = new HashMap<>();
        for (ProbedToken probed : TokenProbe.probe(PROFILE, null, DIRECTORY)) {
            tokens.put(probed.token().label(), configuration(probed));
        }
        return tokens;
    }

    private static SunPkcs11Configuration configuration(ProbedToken probed) {
        return new SunPkcs11Configuration(
                "softhsm",
                probed.library(),
                probed.token().slot(),
                null,
                new SunPkcs11Configuration.Description(
                        probed.token().label(),
                        probed.token().serialNumber(),
                        probed.token().manufacturer(),
                        probed.token().model()),
                PROFILE.name(),
                PROFILE.id().maximumLengthBytes(),
                PROFILE.label().maximumLengthBytes(),
                PIN::toCharArray,
                KeyCertificate::of);
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
