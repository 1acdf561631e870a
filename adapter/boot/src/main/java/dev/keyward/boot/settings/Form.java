package dev.keyward.boot.settings;

import org.jspecify.annotations.Nullable;

/**
 * What values a setting may have, and how they are read. Immutable and thread-safe.
 *
 * @param <T> the type of the value
 */
public interface Form<T> {
    /** What is allowed, as the end of a sentence: "a whole number from 0 to 65535". */
    String allowed();

    /** The value that {@code node} stands for; null if it is not allowed. */
    @Nullable
    T read(Node node);

    /** The node of a value that was given as one text, on the command line or in the environment. */
    default Node parse(String text, Origin origin) {
        return new Node.Scalar(text, origin);
    }

    /** Whether a refused value may be shown. */
    default boolean mayBeShown() {
        return true;
    }
}
