package dev.keyward.boot;

import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.TokenInitializer;
import dev.keyward.pkcs11.session.TokenDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A fresh SoftHSM token in a home directory, with its PINs and the configuration that names it.
 *
 * @param label the token's label
 * @param serialNumber its serial number
 * @param directory where its files are
 * @param pinFile the file with its user PIN
 * @param configurationFile the configuration that was written
 */
public record FreshToken(String label, String serialNumber, Path directory, Path pinFile, Path configurationFile) {
    private static final String PROFILE = "softhsm2";
    private static final String DIRECTORY = "token";
    private static final String USER_PIN_FILE = "token-pin";
    private static final String OFFICER_PIN_FILE = "token-so-pin";
    private static final String PIN_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PIN_LENGTH = 32; // 165 bits

    /**
     * Makes one. Nothing that is there already is touched: a token that was begun earlier may hold keys.
     *
     * @param home the home directory, made if it is not there
     * @param label the token's label, 1 to 32 bytes
     * @throws StartException if the home has a token or a configuration already, or the token cannot be made
     */
    public static FreshToken make(Path home, String label) {
        Path directory = home.resolve(DIRECTORY);
        Path configurationFile = home.resolve(KeywardConfiguration.FILE_NAME);
        refuseIfThere(directory);
        refuseIfThere(configurationFile);
        byte[] userPin = randomPin();
        byte[] officerPin = randomPin();
        try {
            KeywardHome.prepare(home);
            PrivateFiles.write(home.resolve(USER_PIN_FILE), userPin);
            PrivateFiles.write(home.resolve(OFFICER_PIN_FILE), officerPin);
            TokenInitializer.prepareSoftHsmDirectory(directory);
            TokenDescription token = TokenInitializer.initialize(
                    Profiles.read(null).named(PROFILE), null, directory, label, officerPin, userPin);
            PrivateFiles.write(configurationFile, configuration(label).getBytes(StandardCharsets.UTF_8));
            return new FreshToken(
                    label, token.serialNumber(), directory, home.resolve(USER_PIN_FILE), configurationFile);
        } catch (IOException e) {
            throw new StartException("home directory " + home + " cannot be used: " + Reasons.of(e), e);
        } catch (TokenException | IllegalArgumentException e) {
            throw new StartException("no token could be made: " + e.getMessage(), e);
        } finally {
            Arrays.fill(userPin, (byte) 0);
            Arrays.fill(officerPin, (byte) 0);
        }
    }

    private static void refuseIfThere(Path path) {
        if (Files.exists(path)) {
            throw new StartException(path + " is there already: a token may have keys, so none is made over it;"
                    + " name another home, or move it away");
        }
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
