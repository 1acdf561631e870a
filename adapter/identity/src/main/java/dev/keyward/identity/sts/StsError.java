package dev.keyward.identity.sts;

/**
 * What AWS STS answers where it refuses or fails.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS common errors</a>
 */
enum StsError {
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
    SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
    EXPIRED_TOKEN("ExpiredToken", 403),
    INVALID_ACTION("InvalidAction", 400),
    VALIDATION("ValidationError", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
    INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400),
    EXPIRED_IDENTITY_TOKEN("ExpiredTokenException", 400),
    IDP_COMMUNICATION("IDPCommunicationError", 400),
    ACCESS_DENIED("AccessDenied", 403),
    INTERNAL_FAILURE("InternalFailure", 500);

    private final String code;
    private final int httpStatus;

    StsError(String code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** The code on the wire. */
    String code() {
        return code;
    }

    /** The HTTP status that goes with it. */
    int httpStatus() {
        return httpStatus;
    }
}
