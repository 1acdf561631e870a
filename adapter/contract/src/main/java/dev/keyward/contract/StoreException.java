package dev.keyward.contract;

import org.jspecify.annotations.Nullable;

/** A store that refused or failed. */
public final class StoreException extends RuntimeException {
    /** Why. */
    public enum Reason {
        /** The row is no longer at the version that was read: read it again and decide anew. */
        STALE,
        /** Such a row is there already. */
        EXISTS,
        /** A row is not as it was written: somebody else has changed it. */
        NOT_AUTHENTIC,
        /** The database is busy or not to be reached. Worth a retry. */
        UNAVAILABLE,
        /** Anything else. */
        FAILED
    }

    private final Reason reason;

    public StoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }
}
