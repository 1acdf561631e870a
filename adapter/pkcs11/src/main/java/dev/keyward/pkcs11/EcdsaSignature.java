package dev.keyward.pkcs11;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two forms of an ECDSA signature: DER (RFC 3279, section 2.2.3), which clients see, and the numbers r and s, each as
 * long as a coordinate, which PKCS#11 has. Stateless.
 */
final class EcdsaSignature {
    private static final int ONE_LENGTH_BYTE = 0x81;

    private EcdsaSignature() {}

    /** What a token gave, as DER. */
    static byte[] toDer(byte[] numbers) {
        int half = numbers.length / 2;
        return Der.sequence(
                Der.integer(new BigInteger(1, numbers, 0, half)), Der.integer(new BigInteger(1, numbers, half, half)));
    }

    /** What a token takes; nothing if it is not the DER of two numbers of that length. */
    static Optional<byte[]> fromDer(byte[] der, int coordinateLengthBytes) {
        byte[] numbers = new byte[2 * coordinateLengthBytes];
        ByteBuffer bytes = ByteBuffer.wrap(der);
        try {
            int tag = bytes.get();
            int length = bytes.get() & 0xff;
            if (length == ONE_LENGTH_BYTE) {
                length = bytes.get() & 0xff;
            }
            if (tag != Der.SEQUENCE || length != bytes.remaining()) {
                return Optional.empty();
            }
            for (int half = 1; half <= 2; half++) {
                putNumber(bytes, numbers, half * coordinateLengthBytes, coordinateLengthBytes);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException tooShort) {
            return Optional.empty();
        }
        // One signature, one form: whatever else was read the same way is refused.
        return Arrays.equals(toDer(numbers), der) ? Optional.of(numbers) : Optional.empty();
    }

    /** Puts a number where it shall end. */
    private static void putNumber(ByteBuffer bytes, byte[] target, int end, int maximumLengthBytes) {
        int tag = bytes.get();
        byte[] number = new byte[bytes.get() & 0xff];
        bytes.get(number);
        int start = number.length > 0 && number[0] == 0 ? 1 : 0;
        int length = number.length - start;
        if (tag != Der.INTEGER || length > maximumLengthBytes) {
            throw new IndexOutOfBoundsException("no number of that length");
        }
        System.arraycopy(number, start, target, end - length, length);
    }
}
