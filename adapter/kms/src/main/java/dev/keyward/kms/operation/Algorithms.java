package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeywardException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

/** Which algorithm a key encrypts with. */
final class Algorithms {
    private Algorithms() {}

    /** The encryption algorithm of keys of that spec. */
    static EncryptionAlgorithmSpec of(KeySpec spec) {
        return switch (spec) {
            case SYMMETRIC_DEFAULT -> EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT;
        };
    }

    /**
     * Refuses an algorithm that is not the key's; none stands for SYMMETRIC_DEFAULT.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_KEY_USAGE}
     */
    static void requireSuitable(@Nullable String algorithm, KeyRecord key) {
        if (algorithm != null && !algorithm.equals(of(key.spec()).toString())) {
            throw new KeywardException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "Algorithm %s is incompatible with key spec %s.".formatted(algorithm, key.spec()));
        }
    }
}
