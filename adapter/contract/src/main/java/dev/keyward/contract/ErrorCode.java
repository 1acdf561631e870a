package dev.keyward.contract;

/**
 * Every error that Keyward answers, in the order of precedence in which a request meets them: transport, signature,
 * form, resources, permission, kind and state, material, and last what is nobody's fault but ours. The HTTP status is
 * what AWS KMS was seen to answer: 400 for every fault of the client.
 */
public enum ErrorCode {
    // The transport: nothing of the request has been believed yet.
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLargeException", 413),
    // The signature (AWS's common errors).
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400),
    INVALID_SIGNATURE("InvalidSignatureException", 400),
    EXPIRED_TOKEN("ExpiredTokenException", 400),
    // The form of the request.
    UNKNOWN_OPERATION("UnknownOperationException", 400),
    SERIALIZATION("SerializationException", 400),
    VALIDATION("ValidationException", 400),
    // What it names.
    INVALID_ARN("InvalidArnException", 400),
    INVALID_ALIAS_NAME("InvalidAliasNameException", 400),
    INVALID_MARKER("InvalidMarkerException", 400),
    INVALID_GRANT_ID("InvalidGrantIdException", 400),
    INVALID_GRANT_TOKEN("InvalidGrantTokenException", 400),
    INVALID_CIPHERTEXT("InvalidCiphertextException", 400),
    NOT_FOUND("NotFoundException", 400),
    INCORRECT_KEY("IncorrectKeyException", 400),
    ACCESS_DENIED("AccessDeniedException", 400),
    // What kind of key it is, and how it stands.
    UNSUPPORTED_OPERATION("UnsupportedOperationException", 400),
    DISABLED("DisabledException", 400),
    INVALID_STATE("KMSInvalidStateException", 400),
    INVALID_KEY_USAGE("InvalidKeyUsageException", 400),
    // What the operation finds when it is performed.
    KMS_INVALID_SIGNATURE("KMSInvalidSignatureException", 400),
    KMS_INVALID_MAC("KMSInvalidMacException", 400),
    ALREADY_EXISTS("AlreadyExistsException", 400),
    LIMIT_EXCEEDED("LimitExceededException", 400),
    TAG("TagException", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocumentException", 400),
    INVALID_IMPORT_TOKEN("InvalidImportTokenException", 400),
    EXPIRED_IMPORT_TOKEN("ExpiredImportTokenException", 400),
    INCORRECT_KEY_MATERIAL("IncorrectKeyMaterialException", 400),
    CONFLICT("ConflictException", 400),
    DRY_RUN_OPERATION("DryRunOperationException", 400),
    // What the client cannot help.
    THROTTLING("ThrottlingException", 400),
    KEY_UNAVAILABLE("KeyUnavailableException", 500),
    DEPENDENCY_TIMEOUT("DependencyTimeoutException", 503),
    INTERNAL("KMSInternalException", 500);

    private final String awsCode;
    private final int httpStatus;

    ErrorCode(String awsCode, int httpStatus) {
        this.awsCode = awsCode;
        this.httpStatus = httpStatus;
    }

    /** The code on the wire, without a namespace. */
    public String awsCode() {
        return awsCode;
    }

    /** The HTTP status that goes with it. */
    public int httpStatus() {
        return httpStatus;
    }
}
