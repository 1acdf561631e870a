package dev.keyward.pkcs11.mechanism;

import dev.keyward.pkcs11.raw.Native;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What an object is to be, or must be to be found. Immutable and thread-safe.
 *
 * @param attributes in the order in which the token gets them
 */
public record Template(List<Attribute> attributes) {
    /** CK_ATTRIBUTE: type, value, length. */
    private static final long ATTRIBUTE_WORDS = 3;

    public Template {
        attributes = List.copyOf(attributes);
    }

    /** How many attributes it has. */
    public int size() {
        return attributes.size();
    }

    /** An array of CK_ATTRIBUTE. */
    public MemorySegment write(SegmentAllocator allocator) {
        MemorySegment array = Native.words(allocator, ATTRIBUTE_WORDS * attributes.size());
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            MemorySegment value = attribute.writeValue(allocator);
            Native.setWord(array, ATTRIBUTE_WORDS * i, attribute.type().code());
            Native.setWord(array, ATTRIBUTE_WORDS * i + 1, value);
            Native.setWord(array, ATTRIBUTE_WORDS * i + 2, value.byteSize());
        }
        return array;
    }

    /** Begins an empty one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects attributes; a later one of the same type takes the place of an earlier one. */
    public static final class Builder {
        private final List<Attribute> attributes = new ArrayList<>();

        private Builder() {}

        /** Adds a boolean for each of the types. */
        public Builder flags(boolean value, AttributeType... types) {
            for (AttributeType type : types) {
                add(new Attribute.Flag(type, value));
            }
            return this;
        }

        public Builder number(AttributeType type, long value) {
            return add(new Attribute.Ulong(type, value));
        }

        /** @param value not changed afterwards by whoever gave it */
        public Builder bytes(AttributeType type, byte[] value) {
            return add(new Attribute.Bytes(type, value));
        }

        public Builder add(Attribute attribute) {
            attributes.removeIf(other -> other.type().equals(attribute.type()));
            attributes.add(attribute);
            return this;
        }

        public Builder addAll(Collection<? extends Attribute> more) {
            more.forEach(this::add);
            return this;
        }

        public Builder without(Collection<AttributeType> types) {
            attributes.removeIf(attribute -> types.contains(attribute.type()));
            return this;
        }

        public Template build() {
            return new Template(attributes);
        }
    }
}
