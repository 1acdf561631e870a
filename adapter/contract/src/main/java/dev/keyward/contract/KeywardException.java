package dev.keyward.contract;

import org.jspecify.annotations.Nullable;

/**
 * A request refused or failed, with the AWS code it is answered with. Refusals are ordinary outcomes, so the exception
 * carries no stack trace; its cause, if there is one, keeps its own. The message goes to the client: it must hold
 * nothing secret.
 */
public final class KeywardException extends RuntimeException {
    private final ErrorCode code;

    /** With no message, as AWS answers {@link ErrorCode#INVALID_CIPHERTEXT}. */
    public KeywardException(ErrorCode code) {
        this(code, null, null);
    }

    /** With the message that the client shall read. */
    public KeywardException(ErrorCode code, @Nullable String message) {
        this(code, message, null);
    }

    /** With a cause that is logged and never sent. */
    public KeywardException(ErrorCode code, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
    }

    /** The code. */
    public ErrorCode code() {
        return code;
    }
}
