package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** The member CiphertextBlob, which AWS KMS lets be absent only with a DryRunModifier. */
final class Ciphertexts {
    private Ciphertexts() {}

    /**
     * The bytes.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if there are none
     */
    static byte[] required(@Nullable SdkBytes ciphertextBlob) {
        if (ciphertextBlob == null) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: "
                            + "Member must not be null");
        }
        return ciphertextBlob.asByteArrayUnsafe();
    }
}
