package dev.keyward.lifecycle;

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
 */
public enum Operation {
    // name                                              addressed by   writes?  gate      checks, in order
    CANCEL_KEY_DELETION("CancelKeyDeletion", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    CREATE_ALIAS("CreateAlias", KEY, WRITES, TOGETHER, Subject.KIND, Subject.STATE),
    CREATE_GRANT("CreateGrant", KEY, WRITES, TOGETHER, Subject.KIND, Subject.STATE),
    CREATE_KEY("CreateKey", NOTHING, WRITES, TOGETHER),
    DECRYPT("Decrypt", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    DELETE_ALIAS("DeleteAlias", ALIAS_NAME, WRITES, TOGETHER),
    DELETE_IMPORTED_KEY_MATERIAL("DeleteImportedKeyMaterial", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    DESCRIBE_KEY("DescribeKey", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    DISABLE_KEY("DisableKey", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    DISABLE_KEY_ROTATION("DisableKeyRotation", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    ENABLE_KEY("EnableKey", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    ENABLE_KEY_ROTATION("EnableKeyRotation", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    ENCRYPT("Encrypt", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY("GenerateDataKey", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT(
            "GenerateDataKeyWithoutPlaintext", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    GENERATE_RANDOM("GenerateRandom", NOTHING, READS, TOGETHER),
    GET_KEY_POLICY("GetKeyPolicy", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    GET_KEY_ROTATION_STATUS("GetKeyRotationStatus", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    GET_PARAMETERS_FOR_IMPORT("GetParametersForImport", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    IMPORT_KEY_MATERIAL("ImportKeyMaterial", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    LIST_ALIASES("ListAliases", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    LIST_GRANTS("ListGrants", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    LIST_KEY_POLICIES("ListKeyPolicies", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    LIST_KEYS("ListKeys", NOTHING, READS, TOGETHER),
    LIST_RESOURCE_TAGS("ListResourceTags", KEY, READS, TOGETHER, Subject.KIND, Subject.STATE),
    LIST_RETIRABLE_GRANTS("ListRetirableGrants", NOTHING, READS, TOGETHER),
    PUT_KEY_POLICY("PutKeyPolicy", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    RE_ENCRYPT("ReEncrypt", KEY_OR_ALIAS, READS, TOGETHER, Subject.KIND, Subject.STATE),
    RETIRE_GRANT("RetireGrant", KEY, WRITES, TOGETHER, Subject.KIND, Subject.STATE),
    REVOKE_GRANT("RevokeGrant", KEY, WRITES, TOGETHER, Subject.KIND, Subject.STATE),
    SCHEDULE_KEY_DELETION("ScheduleKeyDeletion", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    TAG_RESOURCE("TagResource", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    UNTAG_RESOURCE("UntagResource", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE),
    UPDATE_ALIAS("UpdateAlias", KEY, WRITES, TOGETHER, Subject.KIND, Subject.STATE),
    UPDATE_KEY_DESCRIPTION("UpdateKeyDescription", KEY, WRITES, ALONE, Subject.KIND, Subject.STATE);

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
    private final Gate gate;
    private final List<Subject> checks;

    Operation(String awsName, Addressing addressing, Kind kind, Gate gate, Subject... checks) {
        this.awsName = awsName;
        this.addressing = addressing;
        this.kind = kind;
        this.gate = gate;
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

    Gate gate() {
        return gate;
    }

    /** Whether it destroys what nothing can bring back, so that its intent is recorded before it is done. */
    boolean isIrreversible() {
        return this == DELETE_IMPORTED_KEY_MATERIAL;
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
