package dev.keyward.kms.operation;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import org.jspecify.annotations.Nullable;

/** Refuses by name what AWS KMS knows and Keyward does not support. */
final class Unsupported {
    private Unsupported() {}

    /** Refuses a member that is used. */
    static void refuseIf(boolean used, String member) {
        if (used) {
            throw new KeywardException(ErrorCode.UNSUPPORTED_OPERATION, "%s is not supported.".formatted(member));
        }
    }

    /** The refusal of a member's value. */
    static KeywardException value(String member, String value) {
        return new KeywardException(
                ErrorCode.UNSUPPORTED_OPERATION, "%s %s is not supported.".formatted(member, value));
    }

    /** The value by its name, which must be one that is supported. */
    static <E extends Enum<E>> E require(String member, String name, Class<E> supported) {
        for (E value : supported.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw value(member, name);
    }

    /** The value by its name, which must be one that is supported, or another if there is no name. */
    static <E extends Enum<E>> E orElse(String member, @Nullable String name, Class<E> supported, E absent) {
        return name == null ? absent : require(member, name, supported);
    }
}
