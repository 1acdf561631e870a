package dev.keyward.contract;

import org.jspecify.annotations.Nullable;

/** A token that refused or failed, with the one thing its caller must know: whose fault it is. */
public final class TokenException extends RuntimeException {
    /** Why. */
    public enum Reason {
        /** The ciphertext, its IV, nonce or associated data is not what was encrypted. */
        NOT_AUTHENTIC,
        /** The wrapped material could not be unwrapped, or is not of its spec: one reason for every cause. */
        UNWRAP_FAILED,
        /** The object that the reference names is not in the token. */
        OBJECT_MISSING,
        /** An object of that name is there already. */
        OBJECT_EXISTS,
        /** This token cannot do it; the message says what. */
        UNSUPPORTED,
        /** No session came free in time. Worth a retry. */
        BUSY,
        /** The token is gone, locked or not logged in. */
        UNAVAILABLE,
        /** Anything else the token answered. */
        FAILED
    }

    private final Reason reason;

    /** @param message names the function and the return value, and nothing secret */
    public TokenException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Without a cause. */
    public TokenException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }
}
