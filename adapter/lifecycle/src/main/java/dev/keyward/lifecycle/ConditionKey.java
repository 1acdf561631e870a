package dev.keyward.lifecycle;

/**
 * The condition keys that a policy may ask about, by who tells their values: one row each. What AWS documents besides is
 * about operations, key specs or services that are not here, and so is missing in every request.
 *
 * <p>Source: AWS KMS Developer Guide, "AWS KMS condition keys" and "AWS global condition keys"; AWS IAM User Guide, "AWS
 * global condition context keys".
 */
public enum ConditionKey {
    // The caller, and how the request came.
    PRINCIPAL_ACCOUNT("aws:PrincipalAccount"),
    PRINCIPAL_ARN("aws:PrincipalArn"),
    PRINCIPAL_IS_AWS_SERVICE("aws:PrincipalIsAWSService"),
    PRINCIPAL_TAG("aws:PrincipalTag/"),
    PRINCIPAL_TYPE("aws:PrincipalType"),
    TOKEN_ISSUE_TIME("aws:TokenIssueTime"),
    USER_ID("aws:userid"),
    USER_NAME("aws:username"),
    SOURCE_IP("aws:SourceIp"),
    SECURE_TRANSPORT("aws:SecureTransport"),
    USER_AGENT("aws:UserAgent"),
    VIA_AWS_SERVICE("aws:ViaAWSService"),
    REQUESTED_REGION("aws:RequestedRegion"),
    CURRENT_TIME("aws:CurrentTime"),
    EPOCH_TIME("aws:EpochTime"),
    CALLER_ACCOUNT("kms:CallerAccount"),
    // The key.
    RESOURCE_ACCOUNT("aws:ResourceAccount"),
    RESOURCE_TAG("aws:ResourceTag/"),
    RESOURCE_ALIASES("kms:ResourceAliases"),
    TRAILING_DAYS_WITHOUT_KEY_USAGE("kms:TrailingDaysWithoutKeyUsage"),
    // The key, or the one to be created.
    KEY_ORIGIN("kms:KeyOrigin"),
    KEY_SPEC("kms:KeySpec"),
    CUSTOMER_MASTER_KEY_SPEC("kms:CustomerMasterKeySpec"),
    KEY_USAGE("kms:KeyUsage"),
    CUSTOMER_MASTER_KEY_USAGE("kms:CustomerMasterKeyUsage"),
    MULTI_REGION("kms:MultiRegion"),
    // The use of a key.
    ENCRYPTION_ALGORITHM("kms:EncryptionAlgorithm"),
    ENCRYPTION_CONTEXT("kms:EncryptionContext:"),
    ENCRYPTION_CONTEXT_KEYS("kms:EncryptionContextKeys"),
    DATA_KEY_PAIR_SPEC("kms:DataKeyPairSpec"),
    KEY_AGREEMENT_ALGORITHM("kms:KeyAgreementAlgorithm"),
    MAC_ALGORITHM("kms:MacAlgorithm"),
    MESSAGE_TYPE("kms:MessageType"),
    SIGNING_ALGORITHM("kms:SigningAlgorithm"),
    REQUEST_ALIAS("kms:RequestAlias"),
    RE_ENCRYPT_ON_SAME_KEY("kms:ReEncryptOnSameKey"),
    // What is asked for, in members of the request.
    BYPASS_POLICY_LOCKOUT_SAFETY_CHECK("kms:BypassPolicyLockoutSafetyCheck"),
    EXPIRATION_MODEL("kms:ExpirationModel"),
    VALID_TO("kms:ValidTo"),
    GRANT_CONSTRAINT_TYPE("kms:GrantConstraintType"),
    GRANT_IS_FOR_AWS_RESOURCE("kms:GrantIsForAWSResource"),
    GRANT_OPERATIONS("kms:GrantOperations"),
    GRANTEE_PRINCIPAL("kms:GranteePrincipal"),
    RETIRING_PRINCIPAL("kms:RetiringPrincipal"),
    REQUEST_TAG("aws:RequestTag/"),
    TAG_KEYS("aws:TagKeys"),
    ROTATION_PERIOD_IN_DAYS("kms:RotationPeriodInDays"),
    SCHEDULE_KEY_DELETION_PENDING_WINDOW_IN_DAYS("kms:ScheduleKeyDeletionPendingWindowInDays"),
    WRAPPING_ALGORITHM("kms:WrappingAlgorithm"),
    WRAPPING_KEY_SPEC("kms:WrappingKeySpec");

    private final String awsName;

    ConditionKey(String awsName) {
        this.awsName = awsName;
    }

    /** The name in a policy; of a key that ends with a name from the request, the part before that. */
    public String awsName() {
        return awsName;
    }
}
