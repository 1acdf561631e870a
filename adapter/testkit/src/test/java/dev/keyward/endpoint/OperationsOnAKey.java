package dev.keyward.endpoint;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/**
 * The operations, each as a call that succeeds on a key in a state that allows it, by whom its policies allow it. Keys are
 * named by ARN.
 */
final class OperationsOnAKey {
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": "*", "Action": "kms:DescribeKey", "Resource": "*"}]}""";

    /** What an operation's key is for, of those that work on no symmetric encryption key. */
    private static final Map<String, SampleKey.Kind> KINDS = Map.of(
            "DeriveSharedSecret", SampleKey.Kind.AGREEMENT,
            "GenerateMac", SampleKey.Kind.MAC,
            "VerifyMac", SampleKey.Kind.MAC,
            "GetPublicKey", SampleKey.Kind.SIGNATURE,
            "Sign", SampleKey.Kind.SIGNATURE,
            "Verify", SampleKey.Kind.SIGNATURE);

    private final Map<String, Consumer<SampleKey>> calls = new TreeMap<>();

    /**
     * @param principal the ARN of whom grants are for
     * @param other a usable key, for operations that work on two
     */
    OperationsOnAKey(KmsClient kms, String principal, SampleKey other) {
        calls.put("CancelKeyDeletion", key -> kms.cancelKeyDeletion(r -> r.keyId(key.arn())));
        calls.put(
                "CreateAlias",
                key -> kms.createAlias(r -> r.aliasName(SampleKey.freshAlias()).targetKeyId(key.arn())));
        calls.put(
                "CreateGrant",
                key -> kms.createGrant(
                        r -> r.keyId(key.arn()).granteePrincipal(principal).operations(GrantOperation.ENCRYPT)));
        calls.put("CreateKey", key -> kms.createKey());
        calls.put("Decrypt", key -> kms.decrypt(r -> r.ciphertextBlob(key.ciphertext())));
        calls.put("DeleteAlias", key -> kms.deleteAlias(r -> r.aliasName(key.alias())));
        calls.put("DeleteImportedKeyMaterial", key -> kms.deleteImportedKeyMaterial(r -> r.keyId(key.arn())));
        calls.put(
                "DeriveSharedSecret",
                key -> kms.deriveSharedSecret(r -> r.keyId(key.arn())
                        .publicKey(key.made())
                        .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)));
        calls.put("DescribeKey", key -> kms.describeKey(r -> r.keyId(key.aliasArn())));
        calls.put("DisableKey", key -> kms.disableKey(r -> r.keyId(key.arn())));
        calls.put("DisableKeyRotation", key -> kms.disableKeyRotation(r -> r.keyId(key.arn())));
        calls.put("EnableKey", key -> kms.enableKey(r -> r.keyId(key.arn())));
        calls.put("EnableKeyRotation", key -> kms.enableKeyRotation(r -> r.keyId(key.arn())));
        calls.put("Encrypt", key -> kms.encrypt(r -> r.keyId(key.aliasArn()).plaintext(SampleKey.PLAINTEXT)));
        calls.put(
                "GenerateDataKey",
                key -> kms.generateDataKey(r -> r.keyId(key.arn()).keySpec(DataKeySpec.AES_256)));
        calls.put(
                "GenerateDataKeyPair",
                key -> kms.generateDataKeyPair(r -> r.keyId(key.arn()).keyPairSpec(DataKeyPairSpec.ECC_NIST_P256)));
        calls.put(
                "GenerateDataKeyPairWithoutPlaintext",
                key -> kms.generateDataKeyPairWithoutPlaintext(
                        r -> r.keyId(key.arn()).keyPairSpec(DataKeyPairSpec.ECC_NIST_P256)));
        calls.put(
                "GenerateDataKeyWithoutPlaintext",
                key -> kms.generateDataKeyWithoutPlaintext(
                        r -> r.keyId(key.arn()).keySpec(DataKeySpec.AES_256)));
        calls.put(
                "GenerateMac",
                key -> kms.generateMac(r ->
                        r.keyId(key.arn()).message(SampleKey.PLAINTEXT).macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)));
        calls.put("GenerateRandom", key -> kms.generateRandom(r -> r.numberOfBytes(32)));
        calls.put("GetKeyLastUsage", key -> kms.getKeyLastUsage(r -> r.keyId(key.arn())));
        calls.put("GetKeyPolicy", key -> kms.getKeyPolicy(r -> r.keyId(key.arn())));
        calls.put("GetKeyRotationStatus", key -> kms.getKeyRotationStatus(r -> r.keyId(key.arn())));
        calls.put(
                "GetParametersForImport",
                key -> kms.getParametersForImport(r -> r.keyId(key.arn())
                        .wrappingAlgorithm(AlgorithmSpec.RSAES_OAEP_SHA_256)
                        .wrappingKeySpec(WrappingKeySpec.RSA_2048)));
        calls.put("GetPublicKey", key -> kms.getPublicKey(r -> r.keyId(key.arn())));
        calls.put(
                "ImportKeyMaterial",
                key -> kms.importKeyMaterial(
                        key.importing().toBuilder().keyId(key.arn()).build()));
        calls.put("ListAliases", key -> kms.listAliases(r -> r.keyId(key.arn())));
        calls.put("ListGrants", key -> kms.listGrants(r -> r.keyId(key.arn())));
        calls.put("ListKeyPolicies", key -> kms.listKeyPolicies(r -> r.keyId(key.arn())));
        calls.put("ListKeyRotations", key -> kms.listKeyRotations(r -> r.keyId(key.arn())));
        calls.put("ListKeys", key -> kms.listKeys());
        calls.put("ListResourceTags", key -> kms.listResourceTags(r -> r.keyId(key.arn())));
        calls.put("ListRetirableGrants", key -> kms.listRetirableGrants(r -> r.retiringPrincipal(principal)));
        calls.put(
                "PutKeyPolicy",
                key -> kms.putKeyPolicy(r -> r.keyId(key.arn()).policy(POLICY).bypassPolicyLockoutSafetyCheck(true)));
        calls.put(
                "ReEncrypt",
                key -> kms.reEncrypt(r -> r.ciphertextBlob(key.ciphertext()).destinationKeyId(other.arn())));
        calls.put("RetireGrant", key -> kms.retireGrant(r -> r.grantToken(key.grantToken())));
        calls.put("RevokeGrant", key -> kms.revokeGrant(r -> r.keyId(key.arn()).grantId(key.grantId())));
        calls.put("RotateKeyOnDemand", key -> kms.rotateKeyOnDemand(r -> r.keyId(key.arn())));
        calls.put("ScheduleKeyDeletion", key -> kms.scheduleKeyDeletion(r -> r.keyId(key.arn())));
        calls.put(
                "Sign",
                key -> kms.sign(r -> r.keyId(key.arn())
                        .message(SampleKey.PLAINTEXT)
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)));
        calls.put(
                "TagResource",
                key -> kms.tagResource(r -> r.keyId(key.arn())
                        .tags(Tag.builder().tagKey("team").tagValue("red").build())));
        calls.put(
                "UntagResource",
                key -> kms.untagResource(r -> r.keyId(key.arn()).tagKeys(SampleKey.TAG)));
        calls.put(
                "UpdateAlias",
                key -> kms.updateAlias(r -> r.aliasName(other.alias()).targetKeyId(key.arn())));
        calls.put(
                "UpdateKeyDescription",
                key -> kms.updateKeyDescription(r -> r.keyId(key.arn()).description("described")));
        calls.put(
                "Verify",
                key -> kms.verify(r -> r.keyId(key.arn())
                        .message(SampleKey.PLAINTEXT)
                        .signature(key.made())
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)));
        calls.put(
                "VerifyMac",
                key -> kms.verifyMac(r -> r.keyId(key.arn())
                        .message(SampleKey.PLAINTEXT)
                        .mac(key.made())
                        .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)));
    }

    /** What the key of an operation is for. */
    static SampleKey.Kind kind(String operation) {
        return KINDS.getOrDefault(operation, SampleKey.Kind.ENCRYPTION);
    }

    /** Calls one. */
    void call(String operation, SampleKey key) {
        Objects.requireNonNull(calls.get(operation), operation).accept(key);
    }

    /** AWS's names of all of them. */
    Set<String> names() {
        return calls.keySet();
    }
}
