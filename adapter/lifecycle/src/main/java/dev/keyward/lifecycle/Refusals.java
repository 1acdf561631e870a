package dev.keyward.lifecycle;

import dev.keyward.contract.AuditException;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.TokenException;
import org.jspecify.annotations.Nullable;

/** The one table that turns an inner failure into the error that a client is answered with. */
final class Refusals {
    private static final String RETRY =
            "The system timed out while trying to fulfill the request. You can retry the request.";
    private static final String INTERNAL =
            "The request was rejected because an internal exception occurred. The request can be retried.";

    private Refusals() {}

    /** What took too long, or had no room, and may be tried again. */
    static KeywardException timedOut(@Nullable Throwable cause) {
        return new KeywardException(ErrorCode.DEPENDENCY_TIMEOUT, RETRY, cause);
    }

    /** The refusal for any failure; a failure that is not expected is an internal error. */
    static KeywardException of(Throwable failure) {
        return switch (failure) {
            case KeywardException refusal -> refusal;
            case TokenException token -> ofToken(token);
            case StoreException store -> ofStore(store);
            case AuditException audit -> new KeywardException(ErrorCode.INTERNAL, INTERNAL, audit);
            default -> new KeywardException(ErrorCode.INTERNAL, INTERNAL, failure);
        };
    }

    private static KeywardException ofToken(TokenException failure) {
        return switch (failure.reason()) {
            case NOT_AUTHENTIC, UNWRAP_FAILED -> new KeywardException(ErrorCode.INVALID_CIPHERTEXT, null, failure);
            case UNSUPPORTED -> new KeywardException(ErrorCode.UNSUPPORTED_OPERATION, failure.getMessage(), failure);
            case BUSY -> timedOut(failure);
            case OBJECT_MISSING, UNAVAILABLE ->
                new KeywardException(
                        ErrorCode.KEY_UNAVAILABLE,
                        "The request was rejected because the key was not available. The request can be retried.",
                        failure);
            case OBJECT_EXISTS, FAILED -> new KeywardException(ErrorCode.INTERNAL, INTERNAL, failure);
        };
    }

    private static KeywardException ofStore(StoreException failure) {
        return switch (failure.reason()) {
            case STALE, UNAVAILABLE -> timedOut(failure);
            case EXISTS, NOT_AUTHENTIC, FAILED -> new KeywardException(ErrorCode.INTERNAL, INTERNAL, failure);
        };
    }
}
