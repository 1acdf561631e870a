package dev.keyward.pkcs11.profile;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * The number of a mechanism, written in decimal or, like {@code 0x210B}, in hexadecimal. Immutable and thread-safe.
 *
 * @param code the CK_MECHANISM_TYPE
 */
public record MechanismNumber(long code) {
    /** @throws IllegalArgumentException if it is no such number */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MechanismNumber of(Object value) {
        return switch (value) {
            case Integer number -> new MechanismNumber(number);
            case Long number -> new MechanismNumber(number);
            case String text
            when text.matches("0x[0-9A-Fa-f]{1,8}") -> new MechanismNumber(Long.parseLong(text.substring(2), 16));
            default -> throw new IllegalArgumentException("a mechanism is a number like 0x210B, not " + value);
        };
    }
}
