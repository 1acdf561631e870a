package dev.keyward.store;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What all sealed rows come to. Of each row's seal an addend is derived that nobody outside can know, and the head is the
 * sum of those of the rows that are there. An addend comes in once, with its row, and goes once; so the sum fits no other
 * set of rows that ever was. Immutable and thread-safe.
 *
 * @param changes how many changes of rows there have been: it only grows
 * @param sum modulo 2^256
 */
record RowHead(long changes, BigInteger sum) {
    private static final int SUM_LENGTH_BYTES = 32;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(SUM_LENGTH_BYTES * Byte.SIZE);

    /** Of no rows. */
    static final RowHead EMPTY = new RowHead(0, BigInteger.ZERO);

    /** What one change of a row adds. */
    static RowHead change(BigInteger formerAddend, BigInteger addend) {
        return new RowHead(1, addend.subtract(formerAddend).mod(MODULUS));
    }

    RowHead plus(RowHead more) {
        return new RowHead(changes + more.changes, sum.add(more.sum).mod(MODULUS));
    }

    byte[] bytes() {
        byte[] value = sum.toByteArray();
        byte[] fixed = new byte[SUM_LENGTH_BYTES];
        int length = Math.min(value.length, fixed.length);
        System.arraycopy(value, value.length - length, fixed, fixed.length - length, length);
        return ByteBuffer.allocate(Long.BYTES + SUM_LENGTH_BYTES)
                .putLong(changes)
                .put(fixed)
                .array();
    }

    static RowHead of(byte[] bytes) {
        return new RowHead(
                ByteBuffer.wrap(bytes).getLong(),
                new BigInteger(1, Arrays.copyOfRange(bytes, Long.BYTES, Long.BYTES + SUM_LENGTH_BYTES)));
    }
}
