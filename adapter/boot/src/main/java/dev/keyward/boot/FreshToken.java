package dev.keyward.boot;

import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.SoftHsmDirectory;
import dev.keyward.pkcs11.TokenInitializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A fresh SoftHSM token in a home directory, with its PINs and the configuration that names it.
 *
 * @param directory where its files are
 * @param pinFile the file with its user PIN
 * @param configurationFile the configuration that was written
 */
public record FreshToken(Path directory, Path pinFile, Path configurationFile) {
    private static final String PROFILE = "softhsm2";
    private static final String DIRECTORY = "token";
    private static final String USER_PIN_FILE = "token-pin";
    private static final String OFFICER_PIN_FILE = "token-so-pin";
    private static final String PIN_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PIN_LENGTH = 32; // 165 bits

    /** Where it is made: a directory of the home, all of which is moved to its place when it is whole. */
    private static final String WORKSHOP = "token-init";

    /** What is made, in the order in which it is moved. The configuration comes last both times: with it, it is whole. */
    private static final List<String> PARTS =
            List.of(USER_PIN_FILE, OFFICER_PIN_FILE, DIRECTORY, KeywardConfiguration.FILE_NAME);

    /**
     * Makes one. Nothing that is there already is touched: a token that was begun earlier may hold keys. If it is cut short
     * at any point, it can be called again.
     *
     * @param home the home directory, made if it is not there
     * @param label the token's label, 1 to 32 bytes
     * @throws StartException if the home has a token or a configuration already, another process holds it, or the token
     *     cannot be made
     */
    public static FreshToken make(Path home, String label) {
        Path workshop = home.resolve(WORKSHOP);
        if (!isWhole(workshop)) {
            refuseIfThere(home);
        }
        try (KeywardHome _ = KeywardHome.hold(home)) {
            if (isWhole(workshop)) {
                requireLabel(workshop, label);
            } else {
                // What was begun and never named by a configuration holds no key.
                PrivateFiles.deleteDirectory(workshop);
                makeIn(workshop, label);
            }
            moveFrom(workshop, home);
            SoftHsmDirectory.follow(home.resolve(DIRECTORY));
            return new FreshToken(
                    home.resolve(DIRECTORY), home.resolve(USER_PIN_FILE), home.resolve(KeywardConfiguration.FILE_NAME));
        } catch (IOException e) {
            throw new StartException("home directory " + home + " cannot be used: " + Reasons.of(e), e);
        } catch (TokenException | IllegalArgumentException e) {
            throw new StartException("no token could be made: " + e.getMessage(), e);
        }
    }

    private static boolean isWhole(Path workshop) {
        return Files.exists(workshop.resolve(KeywardConfiguration.FILE_NAME));
    }

    private static void refuseIfThere(Path home) {
        for (String part : PARTS) {
            if (Files.exists(home.resolve(part))) {
                throw new StartException(
                        home.resolve(part) + " is there already: a token may have keys, so none is made"
                                + " over it; name another home, or move it away");
            }
        }
    }

    private static void requireLabel(Path workshop, String label) throws IOException {
        if (!Files.readString(workshop.resolve(KeywardConfiguration.FILE_NAME)).equals(configuration(label))) {
            throw new StartException(
                    "a token was made here with another label, and is not in its place yet: run it again with that label");
        }
    }

    private static void makeIn(Path workshop, String label) throws IOException {
        byte[] userPin = randomPin();
        byte[] officerPin = randomPin();
        try {
            PrivateFiles.createDirectory(workshop);
            PrivateFiles.write(workshop.resolve(USER_PIN_FILE), userPin);
            PrivateFiles.write(workshop.resolve(OFFICER_PIN_FILE), officerPin);
            Path directory = workshop.resolve(DIRECTORY);
            SoftHsmDirectory.make(directory);
            TokenInitializer.initialize(
                    Profiles.read(null).named(PROFILE), null, directory, label, officerPin, userPin);
            PrivateFiles.write(
                    workshop.resolve(KeywardConfiguration.FILE_NAME),
                    configuration(label).getBytes(StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(userPin, (byte) 0);
            Arrays.fill(officerPin, (byte) 0);
        }
    }

    private static void moveFrom(Path workshop, Path home) throws IOException {
        for (String part : PARTS) {
            Path made = workshop.resolve(part);
            if (Files.exists(made)) {
                PrivateFiles.move(made, home.resolve(part));
            }
        }
        PrivateFiles.deleteDirectory(workshop);
    }

    private static byte[] randomPin() {
        SecureRandom random = new SecureRandom();
        byte[] pin = new byte[PIN_LENGTH];
        for (int i = 0; i < pin.length; i++) {
            pin[i] = (byte) PIN_CHARACTERS.charAt(random.nextInt(PIN_CHARACTERS.length()));
        }
        return pin;
    }

    /** Paths are relative to the file. */
    private static String configuration(String label) {
        return """
                # Written by 'keyward token init'. What else can be set: keyward settings
                token:
                  profile: %s
                  label: "%s"
                  directory: %s
                  pin:
                    file: %s
                """.formatted(PROFILE, label.replace("\\", "\\\\").replace("\"", "\\\""), DIRECTORY, USER_PIN_FILE);
    }
}
