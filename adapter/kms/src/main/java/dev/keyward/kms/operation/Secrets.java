package dev.keyward.kms.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The plaintext that a request or an answer carries, to be cleared once it has served. */
public record Secrets(@Nullable SdkBytes plaintext) {
    static final Secrets NONE = new Secrets(null);

    private static final String PLAINTEXT = "Plaintext";

    /** The plaintext in an object of the SDK, if it has any. */
    public static Secrets of(SdkPojo object) {
        for (SdkField<?> field : object.sdkFields()) {
            if (field.memberName().equals(PLAINTEXT)) {
                return new Secrets((SdkBytes) field.getValueOrDefault(object));
            }
        }
        return NONE;
    }

    /** Overwrites it. */
    public void clear() {
        if (plaintext != null) {
            Arrays.fill(plaintext.asByteArrayUnsafe(), (byte) 0);
        }
    }
}
