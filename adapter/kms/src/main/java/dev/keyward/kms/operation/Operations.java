package dev.keyward.kms.operation;

import static dev.keyward.lifecycle.Operation.CANCEL_KEY_DELETION;
import static dev.keyward.lifecycle.Operation.CREATE_ALIAS;
import static dev.keyward.lifecycle.Operation.CREATE_GRANT;
import static dev.keyward.lifecycle.Operation.CREATE_KEY;
import static dev.keyward.lifecycle.Operation.DECRYPT;
import static dev.keyward.lifecycle.Operation.DELETE_ALIAS;
import static dev.keyward.lifecycle.Operation.DELETE_IMPORTED_KEY_MATERIAL;
import static dev.keyward.lifecycle.Operation.DERIVE_SHARED_SECRET;
import static dev.keyward.lifecycle.Operation.DESCRIBE_KEY;
import static dev.keyward.lifecycle.Operation.DISABLE_KEY;
import static dev.keyward.lifecycle.Operation.DISABLE_KEY_ROTATION;
import static dev.keyward.lifecycle.Operation.ENABLE_KEY;
import static dev.keyward.lifecycle.Operation.ENABLE_KEY_ROTATION;
import static dev.keyward.lifecycle.Operation.ENCRYPT;
import static dev.keyward.lifecycle.Operation.GENERATE_DATA_KEY;
import static dev.keyward.lifecycle.Operation.GENERATE_DATA_KEY_PAIR;
import static dev.keyward.lifecycle.Operation.GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT;
import static dev.keyward.lifecycle.Operation.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT;
import static dev.keyward.lifecycle.Operation.GENERATE_MAC;
import static dev.keyward.lifecycle.Operation.GENERATE_RANDOM;
import static dev.keyward.lifecycle.Operation.GET_KEY_LAST_USAGE;
import static dev.keyward.lifecycle.Operation.GET_KEY_POLICY;
import static dev.keyward.lifecycle.Operation.GET_KEY_ROTATION_STATUS;
import static dev.keyward.lifecycle.Operation.GET_PARAMETERS_FOR_IMPORT;
import static dev.keyward.lifecycle.Operation.GET_PUBLIC_KEY;
import static dev.keyward.lifecycle.Operation.IMPORT_KEY_MATERIAL;
import static dev.keyward.lifecycle.Operation.LIST_ALIASES;
import static dev.keyward.lifecycle.Operation.LIST_GRANTS;
import static dev.keyward.lifecycle.Operation.LIST_KEYS;
import static dev.keyward.lifecycle.Operation.LIST_KEY_POLICIES;
import static dev.keyward.lifecycle.Operation.LIST_KEY_ROTATIONS;
import static dev.keyward.lifecycle.Operation.LIST_RESOURCE_TAGS;
import static dev.keyward.lifecycle.Operation.LIST_RETIRABLE_GRANTS;
import static dev.keyward.lifecycle.Operation.PUT_KEY_POLICY;
import static dev.keyward.lifecycle.Operation.RETIRE_GRANT;
import static dev.keyward.lifecycle.Operation.REVOKE_GRANT;
import static dev.keyward.lifecycle.Operation.RE_ENCRYPT;
import static dev.keyward.lifecycle.Operation.ROTATE_KEY_ON_DEMAND;
import static dev.keyward.lifecycle.Operation.SCHEDULE_KEY_DELETION;
import static dev.keyward.lifecycle.Operation.SIGN;
import static dev.keyward.lifecycle.Operation.TAG_RESOURCE;
import static dev.keyward.lifecycle.Operation.UNTAG_RESOURCE;
import static dev.keyward.lifecycle.Operation.UPDATE_ALIAS;
import static dev.keyward.lifecycle.Operation.UPDATE_KEY_DESCRIPTION;
import static dev.keyward.lifecycle.Operation.VERIFY;
import static dev.keyward.lifecycle.Operation.VERIFY_MAC;

import dev.keyward.kms.validation.MemberTable;
import dev.keyward.lifecycle.Aliases;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.DataKeyPairs;
import dev.keyward.lifecycle.Grants;
import dev.keyward.lifecycle.Imports;
import dev.keyward.lifecycle.KeyAgreements;
import dev.keyward.lifecycle.Keys;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Macs;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Rotation;
import dev.keyward.lifecycle.Signatures;
import dev.keyward.lifecycle.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetParametersForImportRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The operations of the AWS face: one row each. Thread-safe. */
public final class Operations {
    private final MemberTable members = MemberTable.load();
    private final Map<String, Row<?, ?>> rows = new HashMap<>();
    private final Grants grants;

    /**
     * Fills the table.
     *
     * @throws IllegalStateException if the table of members and the SDK do not fit together
     */
    public Operations(Lifecycle lifecycle) {
        grants = lifecycle.grants();
        Keys keys = lifecycle.keys();
        Tags tags = lifecycle.tags();
        Aliases aliases = lifecycle.aliases();
        Rotation rotation = lifecycle.rotation();
        Imports imports = lifecycle.imports();
        Cryptography cryptography = lifecycle.cryptography();
        DataKeyPairs dataKeyPairs = lifecycle.dataKeyPairs();
        KeyAgreements keyAgreements = lifecycle.keyAgreements();
        Macs macs = lifecycle.macs();
        Signatures signatures = lifecycle.signatures();

        // spotless:off
        add(CANCEL_KEY_DELETION,                      CancelKeyDeletionRequest::builder,                   new CancelKeyDeletion(keys));
        add(CREATE_ALIAS,                             CreateAliasRequest::builder,                         new CreateAlias(aliases));
        add(CREATE_GRANT,                             CreateGrantRequest::builder,                         new CreateGrant(grants));
        add(CREATE_KEY,                               CreateKeyRequest::builder,                           new CreateKey(keys));
        add(DECRYPT,                                  DecryptRequest::builder,                             new Decrypt(cryptography));
        add(DELETE_ALIAS,                             DeleteAliasRequest::builder,                         new DeleteAlias(aliases));
        add(DELETE_IMPORTED_KEY_MATERIAL,             DeleteImportedKeyMaterialRequest::builder,           new DeleteImportedKeyMaterial(imports));
        add(DERIVE_SHARED_SECRET,                     DeriveSharedSecretRequest::builder,                  new DeriveSharedSecret(keyAgreements));
        add(DESCRIBE_KEY,                             DescribeKeyRequest::builder,                         new DescribeKey());
        add(DISABLE_KEY,                              DisableKeyRequest::builder,                          new DisableKey(keys));
        add(DISABLE_KEY_ROTATION,                     DisableKeyRotationRequest::builder,                  new DisableKeyRotation(rotation));
        add(ENABLE_KEY,                               EnableKeyRequest::builder,                           new EnableKey(keys));
        add(ENABLE_KEY_ROTATION,                      EnableKeyRotationRequest::builder,                   new EnableKeyRotation(rotation));
        add(ENCRYPT,                                  EncryptRequest::builder,                             new Encrypt(cryptography));
        add(GENERATE_DATA_KEY,                        GenerateDataKeyRequest::builder,                     new GenerateDataKey(cryptography));
        add(GENERATE_DATA_KEY_PAIR,                   GenerateDataKeyPairRequest::builder,                 new GenerateDataKeyPair(dataKeyPairs));
        add(GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT, GenerateDataKeyPairWithoutPlaintextRequest::builder, new GenerateDataKeyPairWithoutPlaintext(dataKeyPairs));
        add(GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,      GenerateDataKeyWithoutPlaintextRequest::builder,     new GenerateDataKeyWithoutPlaintext(cryptography));
        add(GENERATE_MAC,                             GenerateMacRequest::builder,                         new GenerateMac(macs));
        add(GENERATE_RANDOM,                          GenerateRandomRequest::builder,                      new GenerateRandom(cryptography));
        add(GET_KEY_LAST_USAGE,                       GetKeyLastUsageRequest::builder,                     new GetKeyLastUsage(lifecycle.keyUsages()));
        add(GET_KEY_POLICY,                           GetKeyPolicyRequest::builder,                        new GetKeyPolicy(keys));
        add(GET_KEY_ROTATION_STATUS,                  GetKeyRotationStatusRequest::builder,                new GetKeyRotationStatus());
        add(GET_PARAMETERS_FOR_IMPORT,                GetParametersForImportRequest::builder,              new GetParametersForImport(imports));
        add(GET_PUBLIC_KEY,                           GetPublicKeyRequest::builder,                        new GetPublicKey(signatures));
        add(IMPORT_KEY_MATERIAL,                      ImportKeyMaterialRequest::builder,                   new ImportKeyMaterial(imports));
        add(LIST_ALIASES,                             ListAliasesRequest::builder,                         new ListAliases(aliases));
        add(LIST_GRANTS,                              ListGrantsRequest::builder,                          new ListGrants(grants));
        add(LIST_KEY_POLICIES,                        ListKeyPoliciesRequest::builder,                     new ListKeyPolicies());
        add(LIST_KEY_ROTATIONS,                       ListKeyRotationsRequest::builder,                    new ListKeyRotations());
        add(LIST_KEYS,                                ListKeysRequest::builder,                            new ListKeys(keys));
        add(LIST_RESOURCE_TAGS,                       ListResourceTagsRequest::builder,                    new ListResourceTags(tags));
        add(LIST_RETIRABLE_GRANTS,                    ListRetirableGrantsRequest::builder,                 new ListRetirableGrants(grants));
        add(PUT_KEY_POLICY,                           PutKeyPolicyRequest::builder,                        new PutKeyPolicy(keys));
        add(RE_ENCRYPT,                               ReEncryptRequest::builder,                           new ReEncrypt(cryptography));
        add(RETIRE_GRANT,                             RetireGrantRequest::builder,                         new RetireGrant(grants));
        add(REVOKE_GRANT,                             RevokeGrantRequest::builder,                         new RevokeGrant(grants));
        add(ROTATE_KEY_ON_DEMAND,                     RotateKeyOnDemandRequest::builder,                   new RotateKeyOnDemand(rotation));
        add(SCHEDULE_KEY_DELETION,                    ScheduleKeyDeletionRequest::builder,                 new ScheduleKeyDeletion(keys));
        add(SIGN,                                     SignRequest::builder,                                new Sign(signatures));
        add(TAG_RESOURCE,                             TagResourceRequest::builder,                         new TagResource(tags));
        add(UNTAG_RESOURCE,                           UntagResourceRequest::builder,                       new UntagResource(tags));
        add(UPDATE_ALIAS,                             UpdateAliasRequest::builder,                         new UpdateAlias(aliases));
        add(UPDATE_KEY_DESCRIPTION,                   UpdateKeyDescriptionRequest::builder,                new UpdateKeyDescription(keys));
        add(VERIFY,                                   VerifyRequest::builder,                              new Verify(signatures));
        add(VERIFY_MAC,                               VerifyMacRequest::builder,                           new VerifyMac(macs));
        // spotless:on
    }

    /** The operation of that name, or null if there is none. */
    public @Nullable Row<?, ?> find(String awsName) {
        return rows.get(awsName);
    }

    private <Q extends KmsRequest, A extends KmsResponse, B extends SdkPojo & SdkBuilder<B, Q>> void add(
            Operation operation, Supplier<B> builder, Mapping<Q, A> mapping) {
        rows.put(operation.awsName(), new Row<>(members, grants, operation, builder, mapping));
    }
}
