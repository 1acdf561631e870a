package dev.keyward.jca;

import java.util.Arrays;

/** Input of one call to KMS, which takes it whole and only up to a length. Not thread-safe. */
final class InputBuffer {
    /** The longest message of Sign and GenerateMac, and the longest plaintext of Encrypt. */
    static final int LONGEST_MESSAGE_BYTES = 4096;

    private final byte[] bytes;
    private int length;
    private boolean overflown;

    InputBuffer(int limitBytes) {
        bytes = new byte[limitBytes];
    }

    /** Adds some input, unless it would be too much: then {@link #isOverflown} says so until it is cleared. */
    void add(byte[] input, int offset, int count) {
        if (count > bytes.length - length) {
            overflown = true;
            return;
        }
        System.arraycopy(input, offset, bytes, length, count);
        length += count;
    }

    /** Whether there was more input than there may be. */
    boolean isOverflown() {
        return overflown;
    }

    int limitBytes() {
        return bytes.length;
    }

    /** A copy of what was added. */
    byte[] content() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets the input. */
    void clear() {
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
        overflown = false;
    }
}
