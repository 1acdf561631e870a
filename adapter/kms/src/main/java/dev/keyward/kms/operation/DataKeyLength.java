package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/** How long a data key shall be. */
final class DataKeyLength {
    private DataKeyLength() {}

    /**
     * The length in bytes, which exactly one of the two members says.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if none or both do
     */
    static int of(@Nullable Integer numberOfBytes, @Nullable DataKeySpec keySpec) {
        if (numberOfBytes != null && keySpec == null) {
            return numberOfBytes;
        }
        if (numberOfBytes == null && keySpec != null) {
            return switch (keySpec) {
                case AES_128 -> 16;
                case AES_256 -> 32;
                case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("the table of members lets it pass");
            };
        }
        throw new KeywardException(ErrorCode.VALIDATION, "Please specify either number of bytes or key spec.");
    }
}
