package dev.keyward.contract;

import java.util.UUID;

/**
 * The id of a KMS key: a UUID in its hyphenated lower-case form. Multi-Region ids ({@code mrk-...}) are not made by this
 * version. Immutable and thread-safe.
 *
 * @param value the hyphenated UUID
 */
public record KeyId(String value) implements Comparable<KeyId> {
    private static final String FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /** @throws IllegalArgumentException if {@code value} is not a hyphenated lower-case UUID */
    public KeyId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("a key id is a hyphenated UUID: " + value);
        }
    }

    /** Whether {@code text} can be a key id at all, whether or not such a key exists. */
    public static boolean isWellFormed(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) { // every request comes by here more than once: no regular expression
            char c = text.charAt(i);
            boolean fits = FORM.charAt(i) == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!fits) {
                return false;
            }
        }
        return true;
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
