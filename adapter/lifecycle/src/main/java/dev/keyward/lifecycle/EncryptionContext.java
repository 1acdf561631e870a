package dev.keyward.lifecycle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pairs that a ciphertext is bound to: not secret, not stored, needed again to decrypt. Immutable and thread-safe.
 *
 * @param pairs the pairs; their order means nothing
 */
public record EncryptionContext(Map<String, String> pairs) {
    /** No pairs: the same as no encryption context at all. */
    public static final EncryptionContext EMPTY = new EncryptionContext(Map.of());

    /** Copies the map. */
    public EncryptionContext {
        pairs = Map.copyOf(pairs);
    }

    /**
     * The one encoding of this context: the number of pairs, then for each pair, in the order of the keys' UTF-8 bytes,
     * key and value, each after its length. Numbers are four bytes, big-endian.
     */
    byte[] canonicalBytes() {
        SortedMap<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        pairs.forEach((key, value) ->
                sorted.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(number(sorted.size()));
        sorted.forEach((key, value) -> {
            bytes.writeBytes(number(key.length));
            bytes.writeBytes(key);
            bytes.writeBytes(number(value.length));
            bytes.writeBytes(value);
        });
        return bytes.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
