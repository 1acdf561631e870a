package dev.keyward.contract;

import java.util.regex.Pattern;

/**
 * An AWS Region name such as {@code us-east-1}, in the form the KMS model gives for {@code RegionType}. Immutable and
 * thread-safe.
 *
 * @param value the name, at most 32 characters
 */
public record Region(String value) {
    private static final Pattern FORM = Pattern.compile("([a-z]+-){2,3}\\d+");
    private static final int MAXIMUM_LENGTH = 32;

    /** @throws IllegalArgumentException if {@code value} has not the form of a Region name */
    public Region {
        if (value.length() > MAXIMUM_LENGTH || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a Region name: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
