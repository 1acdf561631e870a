package dev.keyward.pkcs11.mechanism;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.keyward.pkcs11.raw.Native;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** An attribute with its value, of the one Java type that its kind of value has. Immutable and thread-safe. */
public sealed interface Attribute {
    /** Its type. */
    AttributeType type();

    /** Writes the value; {@link MemorySegment#byteSize} is its length. */
    MemorySegment writeValue(SegmentAllocator allocator);

    /** Whether these bytes, which a token gave, are this value. */
    default boolean isWrittenAs(byte[] bytes, SegmentAllocator allocator) {
        return Arrays.equals(bytes, writeValue(allocator).toArray(JAVA_BYTE));
    }

    /** A CK_BBOOL. */
    record Flag(AttributeType type, boolean value) implements Attribute {
        @Override
        public MemorySegment writeValue(SegmentAllocator allocator) {
            MemorySegment segment = allocator.allocate(Native.BOOLEAN_BYTES, 1);
            segment.set(JAVA_BYTE, 0, (byte) (value ? 1 : 0));
            return segment;
        }
    }

    /** A CK_ULONG. */
    record Ulong(AttributeType type, long value) implements Attribute {
        @Override
        public MemorySegment writeValue(SegmentAllocator allocator) {
            MemorySegment segment = Native.words(allocator, 1);
            Native.setWord(segment, 0, value);
            return segment;
        }
    }

    /** Bytes, big integers and text. The array is the record's own. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Bytes(AttributeType type, byte[] value) implements Attribute {
        @Override
        public MemorySegment writeValue(SegmentAllocator allocator) {
            return Native.bytes(allocator, value);
        }
    }

    /** A set of CK_MECHANISM_TYPE; a token may give it back in another order. */
    record Mechanisms(AttributeType type, List<Long> value) implements Attribute {
        /** In ascending order. */
        public Mechanisms {
            value = value.stream().sorted().toList();
        }

        @Override
        public boolean isWrittenAs(byte[] bytes, SegmentAllocator allocator) {
            LongBuffer words =
                    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();
            long[] given = new long[words.remaining()];
            words.get(given);
            return Arrays.stream(given).sorted().boxed().toList().equals(value);
        }

        @Override
        public MemorySegment writeValue(SegmentAllocator allocator) {
            MemorySegment segment = Native.words(allocator, value.size());
            for (int i = 0; i < value.size(); i++) {
                Native.setWord(segment, i, value.get(i));
            }
            return segment;
        }
    }

    /** A template inside a template. Its bytes are pointers, so what a token gives back cannot be compared with them. */
    record Nested(AttributeType type, Template value) implements Attribute {
        @Override
        public MemorySegment writeValue(SegmentAllocator allocator) {
            return value.write(allocator);
        }
    }
}
