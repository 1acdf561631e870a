package dev.keyward.boot.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings. Immutable and thread-safe.
 *
 * @param path its place in the file, for instance {@code listen.port}
 * @param form what it may be
 * @param fallback its value where none is given, as it would be written; null where it then has none
 * @param description what it does, in a sentence
 */
public record Setting<T>(
        String path, Form<T> form, @Nullable String fallback, String description) {
    private static final String PREFIX = "KEYWARD_";

    /** The variable of the environment that overrides it: {@code listen.port} is {@code KEYWARD_LISTEN_PORT}. */
    public String variable() {
        String words = path.replace('.', '_').replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }
}
