package dev.keyward.kms.operation;

import dev.keyward.lifecycle.Operation;
import java.util.Base64;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/** A well-formed body for each operation that works on one key. */
final class Bodies {
    private static final String ANY_BYTES = Base64.getEncoder().encodeToString(new byte[32]);

    private Bodies() {}

    /**
     * A body that names a key by its ARN.
     *
     * @param owner a client that may use the key, for operations that take a ciphertext
     */
    static String on(Operation operation, String keyArn, KmsClient owner) {
        String rest = switch (operation) {
            case CREATE_ALIAS, UPDATE_ALIAS, DELETE_ALIAS, RETIRE_GRANT, RE_ENCRYPT, LIST_ALIASES ->
                throw new IllegalArgumentException(operation + " has a test of its own");
            case CREATE_KEY, GENERATE_RANDOM, LIST_KEYS, LIST_RETIRABLE_GRANTS ->
                throw new IllegalArgumentException(operation + " works on no key");
            case CREATE_GRANT ->
                ", \"GranteePrincipal\": \"arn:aws:iam::111122223333:user/x\", \"Operations\": [\"Decrypt\"]";
            case DECRYPT -> ", \"CiphertextBlob\": \"" + ciphertext(keyArn, owner) + "\"";
            case ENCRYPT -> ", \"Plaintext\": \"" + ANY_BYTES + "\"";
            case GENERATE_DATA_KEY, GENERATE_DATA_KEY_WITHOUT_PLAINTEXT -> ", \"KeySpec\": \"AES_256\"";
            case GENERATE_DATA_KEY_PAIR, GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT ->
                ", \"KeyPairSpec\": \"ECC_NIST_P256\"";
            case DERIVE_SHARED_SECRET ->
                ", \"PublicKey\": \"%s\", \"KeyAgreementAlgorithm\": \"ECDH\"".formatted(ANY_BYTES);
            case GENERATE_MAC -> ", \"Message\": \"%s\", \"MacAlgorithm\": \"HMAC_SHA_256\"".formatted(ANY_BYTES);
            case SIGN -> ", \"Message\": \"%s\", \"SigningAlgorithm\": \"ECDSA_SHA_256\"".formatted(ANY_BYTES);
            case VERIFY ->
                ", \"Message\": \"%1$s\", \"Signature\": \"%1$s\", \"SigningAlgorithm\": \"ECDSA_SHA_256\""
                        .formatted(ANY_BYTES);
            case VERIFY_MAC ->
                ", \"Message\": \"%1$s\", \"Mac\": \"%1$s\", \"MacAlgorithm\": \"HMAC_SHA_256\"".formatted(ANY_BYTES);
            case GET_PARAMETERS_FOR_IMPORT ->
                ", \"WrappingAlgorithm\": \"RSAES_OAEP_SHA_256\", \"WrappingKeySpec\": \"RSA_2048\"";
            case IMPORT_KEY_MATERIAL ->
                ", \"ImportToken\": \"%s\", \"EncryptedKeyMaterial\": \"%s\"".formatted(ANY_BYTES, ANY_BYTES);
            case PUT_KEY_POLICY -> ", \"Policy\": \"{}\"";
            case REVOKE_GRANT -> ", \"GrantId\": \"none\"";
            case TAG_RESOURCE -> ", \"Tags\": [{\"TagKey\": \"a\", \"TagValue\": \"1\"}]";
            case UNTAG_RESOURCE -> ", \"TagKeys\": [\"a\"]";
            case UPDATE_KEY_DESCRIPTION -> ", \"Description\": \"x\"";
            case CANCEL_KEY_DELETION,
                    DELETE_IMPORTED_KEY_MATERIAL,
                    DESCRIBE_KEY,
                    DISABLE_KEY,
                    DISABLE_KEY_ROTATION,
                    ENABLE_KEY,
                    ENABLE_KEY_ROTATION,
                    GET_KEY_LAST_USAGE,
                    GET_KEY_POLICY,
                    GET_KEY_ROTATION_STATUS,
                    GET_PUBLIC_KEY,
                    LIST_GRANTS,
                    LIST_KEY_POLICIES,
                    LIST_KEY_ROTATIONS,
                    LIST_RESOURCE_TAGS,
                    ROTATE_KEY_ON_DEMAND,
                    SCHEDULE_KEY_DELETION -> "";
        };
        return "{\"KeyId\": \"" + keyArn + "\"" + rest + "}";
    }

    private static String ciphertext(String keyArn, KmsClient owner) {
        byte[] blob = owner.generateDataKeyWithoutPlaintext(
                        request -> request.keyId(keyArn).keySpec(DataKeySpec.AES_256))
                .ciphertextBlob()
                .asByteArray();
        return Base64.getEncoder().encodeToString(blob);
    }
}
