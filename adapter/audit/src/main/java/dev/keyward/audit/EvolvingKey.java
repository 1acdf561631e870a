package dev.keyward.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A key that makes one MAC and then becomes another key, from which there is no way back: whoever reads this process's
 * memory learns the key of the next record, and of none before it. HMAC-SHA-256 both for the MAC and for the step. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
final class EvolvingKey implements AutoCloseable {
    static final int LENGTH_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** What the step is computed over. No record is like it: they all begin with a brace. */
    private static final byte[] STEP = "keyward audit: the key of the next record".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final Mac hmac;

    /** @param first 32 bytes; copied */
    EvolvingKey(byte[] first) {
        if (first.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a key has " + LENGTH_BYTES + " bytes");
        }
        key = first.clone();
        try {
            hmac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
        take();
    }

    /** A fresh random one. */
    static EvolvingKey random() {
        byte[] first = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(first);
        try {
            return new EvolvingKey(first);
        } finally {
            Arrays.fill(first, (byte) 0);
        }
    }

    /** The MAC of the first {@code length} bytes. */
    byte[] mac(byte[] bytes, int length) {
        hmac.update(bytes, 0, length);
        return hmac.doFinal();
    }

    /** Becomes the next key and forgets this one. */
    void evolve() {
        byte[] next = hmac.doFinal(STEP);
        System.arraycopy(next, 0, key, 0, LENGTH_BYTES);
        Arrays.fill(next, (byte) 0);
        take();
    }

    /** A copy of the key as it is now, which the caller clears. */
    byte[] copy() {
        return key.clone();
    }

    /** Overwrites the key. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        take();
    }

    /** Gives the MAC the key as it is now; the former one, which it held until now, is overwritten. */
    private void take() {
        try {
            hmac.init(new Bytes(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes any key", e);
        }
    }

    /** Gives out one copy, which the MAC overwrites once it has it; {@code SecretKeySpec} would keep one that stays. */
    @SuppressWarnings({"serial", "ArrayRecordComponent"}) // never serialized, compared nowhere
    private record Bytes(byte[] key) implements SecretKey {
        @Override
        public String getAlgorithm() {
            return ALGORITHM;
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return key.clone();
        }

        @Override
        public String toString() {
            return "the key of a record";
        }
    }
}
