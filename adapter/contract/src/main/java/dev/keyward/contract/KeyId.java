package dev.keyward.contract;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a KMS key: a UUID in its hyphenated lower-case form. Multi-Region ids ({@code mrk-...}) are not made by this
 * version. Immutable and thread-safe.
 *
 * @param value the hyphenated UUID
 */
public record KeyId(String value) implements Comparable<KeyId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** @throws IllegalArgumentException if {@code value} is not a hyphenated lower-case UUID */
    public KeyId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("a key id is a hyphenated UUID: " + value);
        }
    }

    /** Whether {@code text} can be a key id at all, whether or not such a key exists. */
    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** A fresh id, from 122 random bits. */
    public static KeyId random() {
        return new KeyId(UUID.randomUUID().toString());
    }

    /** This key's ARN in {@code scope}. */
    public String arn(Scope scope) {
        return scope.arn("key/" + value);
    }

    @Override
    public int compareTo(KeyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
