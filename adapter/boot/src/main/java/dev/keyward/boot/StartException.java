package dev.keyward.boot;

import org.jspecify.annotations.Nullable;

/** Keyward cannot be started, for a reason that the person who starts it can mend. The message is one line. */
public final class StartException extends RuntimeException {
    public StartException(@Nullable String message) {
        this(message, null);
    }

    public StartException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
