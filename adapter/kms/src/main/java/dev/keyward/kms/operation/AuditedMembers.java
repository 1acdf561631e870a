package dev.keyward.kms.operation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * What an audit record shows of a request or an answer: its members, named as CloudTrail names them, without those that
 * hold bytes (plaintext, ciphertext, wrapped material, public keys, import tokens) and without grant tokens, which are
 * passed on like secrets. Stateless.
 */
final class AuditedMembers {
    private static final Set<String> NEVER_SHOWN = Set.of("GrantToken", "GrantTokens");

    private AuditedMembers() {}

    /** The members that are set and may be shown, in the order of AWS's model. */
    static SequencedMap<String, Object> of(SdkPojo object) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (isShown(field.locationName(), value)) {
                members.put(decapitalized(field.locationName()), shown(value));
            }
        }
        return members;
    }

    private static boolean isShown(String name, @Nullable Object value) {
        return value != null
                && !(value instanceof SdkBytes)
                && !(value instanceof SdkAutoConstructList)
                && !(value instanceof SdkAutoConstructMap)
                && !NEVER_SHOWN.contains(name);
    }

    private static Object shown(Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number;
            case Boolean truth -> truth;
            case Instant time -> time;
            case SdkPojo object -> of(object);
            case List<?> list -> list.stream().map(AuditedMembers::shown).toList();
            case Map<?, ?> map -> map; // of text to text: an encryption context
            default -> throw new IllegalStateException("a type that AWS KMS does not use: " + value.getClass());
        };
    }

    private static String decapitalized(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
