package dev.keyward.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What rows are sealed under: a random key that the store keeps sealed by the token, and that is in the memory of the
 * process, because a row is checked at every look. Each use has a key of its own, derived from it. Thread-safe.
 */
final class RowKey {
    static final int LENGTH_BYTES = 32;

    private static final String MAC = "HmacSHA256";
    private static final int IV_LENGTH_BYTES = 12;
    private static final int TAG_LENGTH_BITS = 128;

    private final SecretKey sealing;
    private final SecretKey summing;
    private final SecretKey heading;

    /** @param secret {@link #LENGTH_BYTES} random bytes, not kept and not cleared */
    RowKey(byte[] secret) {
        sealing = derived(secret, "row", MAC);
        summing = derived(secret, "sum", MAC);
        heading = derived(secret, "head", "AES");
    }

    /** A fresh one's secret. */
    static byte[] randomSecret() {
        byte[] secret = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private static SecretKey derived(byte[] secret, String use, String algorithm) {
        Mac mac = mac(new SecretKeySpec(secret, MAC));
        byte[] key = mac.doFinal(("keyward row seals 1 " + use).getBytes(StandardCharsets.US_ASCII));
        try {
            return new SecretKeySpec(key, algorithm);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    /** The content of rows, to be sealed. */
    RowContent content() {
        return new RowContent(mac(sealing));
    }

    /** What a seal adds to the sum over all: nobody who sees the seal can know it. */
    BigInteger addend(byte[] seal) {
        return new BigInteger(1, mac(summing).doFinal(seal));
    }

    /** Encrypts a head, which tells nothing then. */
    byte[] seal(RowHead head) {
        byte[] iv = new byte[IV_LENGTH_BYTES];
        new SecureRandom().nextBytes(iv);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(head.bytes());
            byte[] sealed = Arrays.copyOf(iv, iv.length + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, iv.length, ciphertext.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot encrypt", e);
        }
    }

    /** The head; empty if it was not sealed under this key. */
    Optional<RowHead> open(byte[] sealed) {
        if (sealed.length < IV_LENGTH_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] head = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, IV_LENGTH_BYTES))
                    .doFinal(sealed, IV_LENGTH_BYTES, sealed.length - IV_LENGTH_BYTES);
            return Optional.of(RowHead.of(head));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot decrypt", e);
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, heading, new GCMParameterSpec(TAG_LENGTH_BITS, iv));
        return cipher;
    }
}
