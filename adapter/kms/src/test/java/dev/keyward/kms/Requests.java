package dev.keyward.kms;

import dev.keyward.kms.json.Shape;
import dev.keyward.kms.json.Shapes;
import dev.keyward.kms.validation.MemberTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;

/** The request classes of the operations offered, found by name. */
public final class Requests {
    /** The operations of this edition. */
    public static final List<String> OPERATIONS = List.of(
            "CancelKeyDeletion",
            "CreateAlias",
            "CreateGrant",
            "CreateKey",
            "Decrypt",
            "DeleteAlias",
            "DeleteImportedKeyMaterial",
            "DeriveSharedSecret",
            "DescribeKey",
            "DisableKey",
            "DisableKeyRotation",
            "EnableKey",
            "EnableKeyRotation",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateMac",
            "GenerateRandom",
            "GetKeyLastUsage",
            "GetKeyPolicy",
            "GetKeyRotationStatus",
            "GetParametersForImport",
            "GetPublicKey",
            "ImportKeyMaterial",
            "ListAliases",
            "ListGrants",
            "ListKeyPolicies",
            "ListKeyRotations",
            "ListKeys",
            "ListResourceTags",
            "ListRetirableGrants",
            "PutKeyPolicy",
            "ReEncrypt",
            "RetireGrant",
            "RevokeGrant",
            "RotateKeyOnDemand",
            "ScheduleKeyDeletion",
            "Sign",
            "TagResource",
            "UntagResource",
            "UpdateAlias",
            "UpdateKeyDescription",
            "Verify",
            "VerifyMac");

    public static final MemberTable TABLE = MemberTable.load();

    private static final Map<String, Shape.Structure> SHAPES = new ConcurrentHashMap<>();

    private Requests() {}

    /** The shape of an operation's request, with the members that the table knows. */
    public static Shape.Structure shape(String operation) {
        return SHAPES.computeIfAbsent(
                operation, name -> Shapes.of(() -> builder(name), member -> TABLE.knows(name, member)));
    }

    /** An empty builder of an operation's request. */
    public static SdkPojo builder(String operation) {
        try {
            return (SdkPojo) Class.forName("software.amazon.awssdk.services.kms.model." + operation + "Request")
                    .getMethod("builder")
                    .invoke(null);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError("the SDK lacks " + operation, missing);
        }
    }
}
