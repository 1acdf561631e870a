package dev.keyward.audit;

import java.io.ByteArrayOutputStream;

/** The bytes of one record while it is made, not copied out of their buffer. Not thread-safe. */
final class RecordBuffer extends ByteArrayOutputStream {
    private static final int USUAL_LENGTH_BYTES = 2_048;

    RecordBuffer() {
        super(USUAL_LENGTH_BYTES);
    }

    /** The bytes, of which the first {@link #size} count. */
    byte[] bytes() {
        return buf;
    }

    /** Forgets what is beyond that length. */
    void truncate(int length) {
        if (length > count) {
            throw new IllegalArgumentException("there are " + count + " bytes");
        }
        count = length;
    }
}
