package dev.keyward.pkcs11.raw;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/**
 * How the standard's structures lie in memory where CK_ULONG and pointers have 8 bytes, which is every 64-bit Unix. Other
 * platforms are refused when a library is loaded.
 */
public final class Native {
    /** The length of a CK_ULONG and of a pointer. */
    public static final long WORD_BYTES = 8;
    /** The length of a CK_BBOOL. */
    public static final long BOOLEAN_BYTES = 1;
    /** CK_UNAVAILABLE_INFORMATION: what a token answers for a length that it does not tell. */
    public static final long UNAVAILABLE_INFORMATION = -1L;

    private Native() {}

    static void requirePlatform() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        if (windows || ADDRESS.byteSize() != WORD_BYTES) {
            throw new UnsupportedOperationException("PKCS#11 libraries are loaded on 64-bit Unix only");
        }
    }

    /** Where the n-th function of a list is: after CK_VERSION, which is padded to a word. */
    static long functionOffset(int place) {
        return (1L + place) * WORD_BYTES;
    }

    /** Reads the n-th word. */
    public static long word(MemorySegment structure, long index) {
        return structure.get(JAVA_LONG, index * WORD_BYTES);
    }

    /** Writes the n-th word. */
    public static void setWord(MemorySegment structure, long index, long value) {
        structure.set(JAVA_LONG, index * WORD_BYTES, value);
    }

    /** Writes the n-th word. */
    public static void setWord(MemorySegment structure, long index, MemorySegment pointer) {
        structure.set(ADDRESS, index * WORD_BYTES, pointer);
    }

    /** That many words of zeros. */
    public static MemorySegment words(SegmentAllocator allocator, long count) {
        return allocator.allocate(count * WORD_BYTES, WORD_BYTES);
    }

    /** What a pointer in the n-th word points to. */
    @SuppressWarnings("restricted") // the structure is one that we wrote, so the pointer is ours
    public static MemorySegment pointedTo(MemorySegment structure, long index, long lengthBytes) {
        return MemorySegment.ofAddress(word(structure, index)).reinterpret(lengthBytes);
    }

    /** A copy of the bytes; of none, a pointer to a byte that does not count, since some tokens refuse a null pointer. */
    public static MemorySegment bytes(SegmentAllocator allocator, byte[] bytes) {
        MemorySegment copy = allocator.allocate(Math.max(1, bytes.length), 1).asSlice(0, bytes.length);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }
}
