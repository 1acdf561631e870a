package dev.keyward.contract;

import java.util.regex.Pattern;

/**
 * Names one Keyward installation: the store draws it once, and every object in a token carries it in its label, so that
 * two installations can share a token without touching each other's objects. Immutable and thread-safe.
 *
 * @param value 16 lower-case hexadecimal digits
 */
public record InstallationId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    /** @throws IllegalArgumentException if {@code value} is not 16 lower-case hexadecimal digits */
    public InstallationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an installation id has 16 lower-case hexadecimal digits: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
