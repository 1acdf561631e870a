package dev.keyward.kms.operation;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.EncryptionContext;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members that name an encryption algorithm, which may be absent, and the context that goes with it. */
final class EncryptionAlgorithms {
    private EncryptionAlgorithms() {}

    /** The name; of an absent one SYMMETRIC_DEFAULT, whatever the key. */
    static String orDefault(@Nullable String algorithm) {
        return Objects.requireNonNullElse(algorithm, EncryptionAlgorithm.SYMMETRIC_DEFAULT.name());
    }

    /** Whether a name is that of the algorithm whose ciphertexts tell of their key. */
    static boolean isSymmetric(String algorithm) {
        return algorithm.equals(EncryptionAlgorithm.SYMMETRIC_DEFAULT.name());
    }

    /**
     * The encryption context, for which only SYMMETRIC_DEFAULT has a place.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if there is one with another algorithm
     */
    static EncryptionContext context(String algorithm, Map<String, String> pairs) {
        if (!pairs.isEmpty() && !isSymmetric(algorithm)) {
            throw new KeywardException(
                    ErrorCode.VALIDATION, "Algorithm %s does not support an encryption context.".formatted(algorithm));
        }
        return new EncryptionContext(pairs);
    }
}
