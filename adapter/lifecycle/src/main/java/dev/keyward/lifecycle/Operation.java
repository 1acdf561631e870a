package dev.keyward.lifecycle;

import static dev.keyward.lifecycle.KeyRequirement.AGREES;
import static dev.keyward.lifecycle.KeyRequirement.ANY;
import static dev.keyward.lifecycle.KeyRequirement.COMPUTES_MACS;
import static dev.keyward.lifecycle.KeyRequirement.ENCRYPTS;
import static dev.keyward.lifecycle.KeyRequirement.ENCRYPTS_SYMMETRICALLY;
import static dev.keyward.lifecycle.KeyRequirement.HAS_PUBLIC_KEY;
import static dev.keyward.lifecycle.KeyRequirement.ROTATES;
import static dev.keyward.lifecycle.KeyRequirement.ROTATES_ON_DEMAND;
import static dev.keyward.lifecycle.KeyRequirement.SIGNS;
import static dev.keyward.lifecycle.Operation.Accounts.ANY_ACCOUNT;
import static dev.keyward.lifecycle.Operation.Accounts.OWN_ACCOUNT;
import static dev.keyward.lifecycle.Operation.Addressing.ALIAS_NAME;
import static dev.keyward.lifecycle.Operation.Addressing.KEY;
import static dev.keyward.lifecycle.Operation.Addressing.KEY_OR_ALIAS;
import static dev.keyward.lifecycle.Operation.Addressing.NOTHING;
import static dev.keyward.lifecycle.Operation.Gate.ALONE;
import static dev.keyward.lifecycle.Operation.Gate.TOGETHER;
import static dev.keyward.lifecycle.Operation.Kind.READS;
import static dev.keyward.lifecycle.Operation.Kind.WRITES;

import dev.keyward.lifecycle.Note.Subject;
import java.util.List;
import java.util.Optional;

/**
 * The operations: one row each, with everything that governs the way of a request. A row's checks are made in their
 * order; the cells they look at are in {@link StateTable}.
 *
 * <p>Source of the column on accounts: AWS KMS Developer Guide, "AWS KMS permissions".
 */
public enum Operation {
    // spotless:off
    // operation                             name                                   addressed by  writes? whose keys   gate      which keys              checks, in order
    CANCEL_KEY_DELETION(                     "CancelKeyDeletion",                   KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    CREATE_ALIAS(                            "CreateAlias",                         KEY,          WRITES, OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    CREATE_GRANT(                            "CreateGrant",                         KEY,          WRITES, ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    CREATE_KEY(                              "CreateKey",                           NOTHING,      WRITES, OWN_ACCOUNT, TOGETHER, ANY),
    DECRYPT(                                 "Decrypt",                             KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS,               Subject.KIND, Subject.STATE),
    DELETE_ALIAS(                            "DeleteAlias",                         ALIAS_NAME,   WRITES, OWN_ACCOUNT, TOGETHER, ANY),
    DELETE_IMPORTED_KEY_MATERIAL(            "DeleteImportedKeyMaterial",           KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    DERIVE_SHARED_SECRET(                    "DeriveSharedSecret",                  KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, AGREES,                 Subject.KIND, Subject.STATE),
    DESCRIBE_KEY(                            "DescribeKey",                         KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    DISABLE_KEY(                             "DisableKey",                          KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    DISABLE_KEY_ROTATION(                    "DisableKeyRotation",                  KEY,          WRITES, OWN_ACCOUNT, ALONE,    ROTATES,                Subject.KIND, Subject.STATE),
    ENABLE_KEY(                              "EnableKey",                           KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    ENABLE_KEY_ROTATION(                     "EnableKeyRotation",                   KEY,          WRITES, OWN_ACCOUNT, ALONE,    ROTATES,                Subject.KIND, Subject.STATE),
    ENCRYPT(                                 "Encrypt",                             KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS,               Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY(                       "GenerateDataKey",                     KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS_SYMMETRICALLY, Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY_PAIR(                  "GenerateDataKeyPair",                 KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS_SYMMETRICALLY, Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT("GenerateDataKeyPairWithoutPlaintext", KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS_SYMMETRICALLY, Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT(     "GenerateDataKeyWithoutPlaintext",     KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS_SYMMETRICALLY, Subject.KIND, Subject.STATE),
    GENERATE_MAC(                            "GenerateMac",                         KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, COMPUTES_MACS,          Subject.KIND, Subject.STATE),
    GENERATE_RANDOM(                         "GenerateRandom",                      NOTHING,      READS,  OWN_ACCOUNT, TOGETHER, ANY),
    GET_KEY_LAST_USAGE(                      "GetKeyLastUsage",                     KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    GET_KEY_POLICY(                          "GetKeyPolicy",                        KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    GET_KEY_ROTATION_STATUS(                 "GetKeyRotationStatus",                KEY,          READS,  ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    GET_PARAMETERS_FOR_IMPORT(               "GetParametersForImport",              KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    GET_PUBLIC_KEY(                          "GetPublicKey",                        KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, HAS_PUBLIC_KEY,         Subject.KIND, Subject.STATE),
    IMPORT_KEY_MATERIAL(                     "ImportKeyMaterial",                   KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    LIST_ALIASES(                            "ListAliases",                         KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    LIST_GRANTS(                             "ListGrants",                          KEY,          READS,  ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    LIST_KEY_POLICIES(                       "ListKeyPolicies",                     KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    LIST_KEY_ROTATIONS(                      "ListKeyRotations",                    KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    LIST_KEYS(                               "ListKeys",                            NOTHING,      READS,  OWN_ACCOUNT, TOGETHER, ANY),
    LIST_RESOURCE_TAGS(                      "ListResourceTags",                    KEY,          READS,  OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    LIST_RETIRABLE_GRANTS(                   "ListRetirableGrants",                 NOTHING,      READS,  OWN_ACCOUNT, TOGETHER, ANY),
    PUT_KEY_POLICY(                          "PutKeyPolicy",                        KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    RE_ENCRYPT(                              "ReEncrypt",                           KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, ENCRYPTS,               Subject.KIND, Subject.STATE),
    RETIRE_GRANT(                            "RetireGrant",                         KEY,          WRITES, ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    REVOKE_GRANT(                            "RevokeGrant",                         KEY,          WRITES, ANY_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    ROTATE_KEY_ON_DEMAND(                    "RotateKeyOnDemand",                   KEY,          WRITES, OWN_ACCOUNT, ALONE,    ROTATES_ON_DEMAND,      Subject.STATE, Subject.KIND),
    SCHEDULE_KEY_DELETION(                   "ScheduleKeyDeletion",                 KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    SIGN(                                    "Sign",                                KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, SIGNS,                  Subject.KIND, Subject.STATE),
    TAG_RESOURCE(                            "TagResource",                         KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    UNTAG_RESOURCE(                          "UntagResource",                       KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    UPDATE_ALIAS(                            "UpdateAlias",                         KEY,          WRITES, OWN_ACCOUNT, TOGETHER, ANY,                    Subject.KIND, Subject.STATE),
    UPDATE_KEY_DESCRIPTION(                  "UpdateKeyDescription",                KEY,          WRITES, OWN_ACCOUNT, ALONE,    ANY,                    Subject.KIND, Subject.STATE),
    VERIFY(                                  "Verify",                              KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, SIGNS,                  Subject.KIND, Subject.STATE),
    VERIFY_MAC(                              "VerifyMac",                           KEY_OR_ALIAS, READS,  ANY_ACCOUNT, TOGETHER, COMPUTES_MACS,          Subject.KIND, Subject.STATE);
    // spotless:on

    /** By which names an operation takes the key it works on. */
    public enum Addressing {
        /** It works on no existing key. */
        NOTHING,
        /** Key id or key ARN; an alias is refused. */
        KEY,
        /** Key id, key ARN, alias name or alias ARN. */
        KEY_OR_ALIAS,
        /** The bare name of an alias. */
        ALIAS_NAME
    }

    /** Whether it changes anything, as an audit record says it. */
    public enum Kind {
        READS,
        WRITES
    }

    /** Whose keys it may work on: the column "Cross-account use" of AWS's table of permissions. */
    public enum Accounts {
        /** Those of the caller's account. */
        OWN_ACCOUNT,
        /** Those of every account, where both accounts allow it. */
        ANY_ACCOUNT
    }

    /** Who else may work on the same key at that moment. */
    public enum Gate {
        /** Others that are let in together. */
        TOGETHER,
        /** Nobody: when it is answered, nothing that was decided before it is still under way. */
        ALONE
    }

    private final String awsName;
    private final Addressing addressing;
    private final Kind kind;
    private final Accounts accounts;
    private final Gate gate;
    private final KeyRequirement requirement;
    private final List<Subject> checks;

    Operation(
            String awsName,
            Addressing addressing,
            Kind kind,
            Accounts accounts,
            Gate gate,
            KeyRequirement requirement,
            Subject... checks) {
        this.awsName = awsName;
        this.addressing = addressing;
        this.kind = kind;
        this.accounts = accounts;
        this.gate = gate;
        this.requirement = requirement;
        this.checks = List.of(checks);
    }

    /** The name on the wire. */
    public String awsName() {
        return awsName;
    }

    /** The action that a policy would name, for instance {@code kms:Encrypt}. */
    public String action() {
        return "kms:" + awsName;
    }

    public Addressing addressing() {
        return addressing;
    }

    public Kind kind() {
        return kind;
    }

    public Accounts accounts() {
        return accounts;
    }

    Gate gate() {
        return gate;
    }

    /** Whether it destroys what nothing can bring back, so that its intent is recorded before it is done. */
    boolean isIrreversible() {
        return this == DELETE_IMPORTED_KEY_MATERIAL;
    }

    /** Whether it uses a key for what the key is for, which is what GetKeyLastUsage tells of. */
    boolean isUse() {
        return requirement.concernsUsage();
    }

    /** Which keys it works on. */
    KeyRequirement requirement() {
        return requirement;
    }

    List<Subject> checks() {
        return checks;
    }

    /** The operation of that name. */
    public static Optional<Operation> named(String awsName) {
        for (Operation operation : values()) {
            if (operation.awsName.equals(awsName)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
