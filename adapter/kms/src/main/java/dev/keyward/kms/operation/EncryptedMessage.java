package dev.keyward.kms.operation;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Cryptography;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Request;
import dev.keyward.lifecycle.Resources;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** A ciphertext in a request, with what the request says of it. A symmetric one names its key; another does not. */
final class EncryptedMessage {
    private final byte[] ciphertext;
    private final @Nullable String keyId;
    private final String algorithm;
    private final EncryptionContext context;

    /**
     * @param ciphertextBlob which AWS KMS lets be absent only with a DryRunModifier
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if it is absent, or if a context is given that the
     *     algorithm has no place for
     */
    EncryptedMessage(
            @Nullable SdkBytes ciphertextBlob,
            @Nullable String keyId,
            @Nullable String algorithm,
            Map<String, String> context) {
        this.ciphertext = Optional.ofNullable(ciphertextBlob)
                .orElseThrow(() -> missing("ciphertextBlob"))
                .asByteArrayUnsafe();
        this.keyId = keyId;
        this.algorithm = EncryptionAlgorithms.orDefault(algorithm);
        this.context = EncryptionAlgorithms.context(this.algorithm, context);
    }

    /** The name of its algorithm. */
    String algorithm() {
        return algorithm;
    }

    /**
     * Works on its key, which is the first that the request works on.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if nothing says which key that is
     */
    Request.Builder addTo(Request.Builder request, String action) {
        if (EncryptionAlgorithms.isSymmetric(algorithm)) {
            return request.onCiphertext(ciphertext, keyId, context, action)
                    .requires(on -> Algorithms.requireSuitable(algorithm, on.key()));
        }
        return request.onKey(Optional.ofNullable(keyId).orElseThrow(() -> missing("keyId")), algorithm, context, action)
                .requires(on -> Algorithms.requireSuitable(algorithm, on.key()));
    }

    /** Decrypts it, once nothing speaks against it. */
    Cryptography.Decrypted decrypt(Cryptography cryptography, Request.Call call, Resources on) {
        return EncryptionAlgorithms.isSymmetric(algorithm)
                ? cryptography.decrypt(call, on, context)
                : cryptography.decryptOaep(on, EncryptionAlgorithm.valueOf(algorithm), ciphertext);
    }

    private static KeywardException missing(String member) {
        return new KeywardException(
                ErrorCode.VALIDATION,
                "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                        .formatted(member));
    }
}
