package dev.keyward.contract;

import java.util.HexFormat;

/**
 * The id of one key material of a key: 32 bytes, shown as 64 hexadecimal digits. For generated material it is random;
 * for imported material a pseudorandom function of the bytes, computed in the token, or a hash of a pair's public half, so
 * that the same material imported into the same key has the same id. It says nothing secret about the material. Immutable and thread-safe.
 *
 * @param hexadecimal 64 lower-case hexadecimal digits
 */
public record MaterialId(String hexadecimal) {
    /** The length in bytes. */
    public static final int LENGTH_BYTES = 32;

    /** @throws IllegalArgumentException if {@code hexadecimal} is not 64 lower-case hexadecimal digits */
    public MaterialId {
        if (hexadecimal.length() != 2 * LENGTH_BYTES
                || !hexadecimal.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("a material id has 64 lower-case hexadecimal digits");
        }
    }

    /** @throws IllegalArgumentException if {@code bytes} are not 32 */
    public static MaterialId of(byte[] bytes) {
        return new MaterialId(HexFormat.of().formatHex(bytes));
    }

    /** The 32 bytes, a new array at each call. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hexadecimal);
    }

    @Override
    public String toString() {
        return hexadecimal;
    }
}
