package dev.keyward.http.sigv4;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;

/** The refusals of a signature, in AWS's words where AWS's are known. */
final class Refusals {
    private Refusals() {}

    static KeywardException missingToken() {
        return new KeywardException(ErrorCode.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
    }

    /** The signature is not in a form that could be checked. */
    static KeywardException incomplete(String message) {
        return new KeywardException(ErrorCode.INCOMPLETE_SIGNATURE, message);
    }

    /** One text for an unknown and an inactive access key, and a wrong session token: which it was is nobody's business. */
    static KeywardException unrecognizedClient() {
        return new KeywardException(
                ErrorCode.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
    }

    static KeywardException expiredToken() {
        return new KeywardException(ErrorCode.EXPIRED_TOKEN, "The security token included in the request is expired");
    }

    static KeywardException invalid(String message) {
        return new KeywardException(ErrorCode.INVALID_SIGNATURE, message);
    }

    static KeywardException mismatch() {
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }
}
