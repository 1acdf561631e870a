package dev.keyward.kms.operation;

import dev.keyward.contract.EncryptionAlgorithm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members that name an encryption algorithm, which may be absent. */
final class EncryptionAlgorithms {
    private EncryptionAlgorithms() {}

    /** The name; of an absent one SYMMETRIC_DEFAULT, whatever the key. */
    static String orDefault(@Nullable String algorithm) {
        return Objects.requireNonNullElse(algorithm, EncryptionAlgorithm.SYMMETRIC_DEFAULT.name());
    }
}
