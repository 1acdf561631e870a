package dev.keyward.kms.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The bytes of a request or an answer that nobody else shall read, to be cleared once they have served. */
public record Secrets(List<SdkBytes> bytes) {
    static final Secrets NONE = new Secrets(List.of());

    /** The members that AWS's service model calls sensitive. */
    private static final Set<String> MEMBERS = Set.of("Plaintext", "Message", "PrivateKeyPlaintext", "SharedSecret");

    /** Copies the list. */
    public Secrets {
        bytes = List.copyOf(bytes);
    }

    /** The secrets in an object of the SDK, if it has any. */
    public static Secrets of(SdkPojo object) {
        List<SdkBytes> bytes = new ArrayList<>(1);
        for (SdkField<?> field : object.sdkFields()) {
            if (MEMBERS.contains(field.memberName()) && field.getValueOrDefault(object) instanceof SdkBytes secret) {
                bytes.add(secret);
            }
        }
        return bytes.isEmpty() ? NONE : new Secrets(bytes);
    }

    /** Overwrites them. */
    public void clear() {
        for (SdkBytes secret : bytes) {
            Arrays.fill(secret.asByteArrayUnsafe(), (byte) 0);
        }
    }
}
