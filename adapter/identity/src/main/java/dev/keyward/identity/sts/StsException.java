package dev.keyward.identity.sts;

import dev.keyward.contract.KeywardException;

/** A request to STS that was refused. The message goes to the client. It carries no stack trace. */
final class StsException extends RuntimeException {
    private final StsError error;

    StsException(StsError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    StsError error() {
        return error;
    }

    /** What the signature's verifier, or the way to an answer, refuses, in the words of STS. */
    static StsException of(KeywardException refusal) {
        String message = refusal.getMessage() == null ? "" : refusal.getMessage();
        return new StsException(
                switch (refusal.code()) {
                    case MISSING_AUTHENTICATION_TOKEN -> StsError.MISSING_AUTHENTICATION_TOKEN;
                    case INCOMPLETE_SIGNATURE -> StsError.INCOMPLETE_SIGNATURE;
                    case UNRECOGNIZED_CLIENT -> StsError.INVALID_CLIENT_TOKEN_ID;
                    case INVALID_SIGNATURE -> StsError.SIGNATURE_DOES_NOT_MATCH;
                    case EXPIRED_TOKEN -> StsError.EXPIRED_TOKEN;
                    case MALFORMED_POLICY_DOCUMENT -> StsError.MALFORMED_POLICY_DOCUMENT;
                    case ACCESS_DENIED -> StsError.ACCESS_DENIED;
                    default -> StsError.INTERNAL_FAILURE; // nothing else is a client's fault on this way
                },
                message);
    }
}
