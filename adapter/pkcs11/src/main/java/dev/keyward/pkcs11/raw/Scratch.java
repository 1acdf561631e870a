package dev.keyward.pkcs11.raw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory that is used again and again: what a call needs is taken piece by piece, and {@link #clear} overwrites
 * it with zeros and takes it all back. What does not fit is allocated for this one time. For one thread at a time.
 */
public final class Scratch implements SegmentAllocator, AutoCloseable {
    private static final long ALIGNMENT_BYTES = 16;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment block;
    private final List<MemorySegment> overflows = new ArrayList<>();
    private long used;

    /** @param sizeBytes how much is kept ready */
    public Scratch(long sizeBytes) {
        block = arena.allocate(sizeBytes, ALIGNMENT_BYTES);
    }

    /** A piece of zeros. */
    @Override
    public MemorySegment allocate(long sizeBytes, long alignmentBytes) {
        long start = (used + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
        if (start + sizeBytes > block.byteSize()) {
            return allocateOverflow(sizeBytes);
        }
        used = start + sizeBytes;
        return block.asSlice(start, sizeBytes);
    }

    private MemorySegment allocateOverflow(long sizeBytes) {
        MemorySegment overflow = Arena.ofAuto().allocate(sizeBytes, ALIGNMENT_BYTES);
        overflows.add(overflow);
        return overflow;
    }

    /** Overwrites and takes back everything. Pieces given out before must not be used any more. */
    public void clear() {
        block.asSlice(0, used).fill((byte) 0);
        used = 0;
        if (!overflows.isEmpty()) {
            overflows.forEach(overflow -> overflow.fill((byte) 0));
            overflows.clear();
        }
    }

    @Override
    public void close() {
        clear();
        arena.close();
    }
}
