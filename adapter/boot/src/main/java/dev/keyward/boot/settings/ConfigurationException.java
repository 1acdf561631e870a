package dev.keyward.boot.settings;

/**
 * A setting that is wrong, unknown or missing. The message is one line that names the setting, where it was given and
 * what is allowed; it never shows the value of a setting that might hold a secret.
 */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message, null, false, false);
    }
}
