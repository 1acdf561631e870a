package dev.keyward.contract;

import java.util.regex.Pattern;

/**
 * An AWS account number: exactly twelve decimal digits. Immutable and thread-safe.
 *
 * @param value the twelve digits
 */
public record AccountId(String value) {
    private static final Pattern FORM = Pattern.compile("\\d{12}");

    /** @throws IllegalArgumentException if {@code value} is not twelve digits */
    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an account id has twelve digits: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
