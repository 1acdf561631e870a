package dev.keyward.conformance;

import dev.keyward.contract.Sealing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals as a token does, under a key of this object. Thread-safe. */
public final class SoftwareSealing implements Sealing {
    private static final int IV_LENGTH_BYTES = 12;
    private static final int TAG_LENGTH_BITS = 128;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /** With a random key. */
    public SoftwareSealing() {
        key = new byte[32];
        random.nextBytes(key);
    }

    /** With a key that others may have too. */
    public SoftwareSealing(byte[] key) {
        this.key = key.clone();
    }

    @Override
    public byte[] seal(String binding, byte[] sealed) {
        byte[] iv = new byte[IV_LENGTH_BYTES];
        random.nextBytes(iv);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, iv, binding).doFinal(sealed);
            byte[] seal = Arrays.copyOf(iv, iv.length + ciphertext.length);
            System.arraycopy(ciphertext, 0, seal, iv.length, ciphertext.length);
            return seal;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<byte[]> open(String binding, byte[] seal) {
        if (seal.length < IV_LENGTH_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(seal, IV_LENGTH_BYTES), binding);
            return Optional.of(cipher.doFinal(seal, IV_LENGTH_BYTES, seal.length - IV_LENGTH_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] iv, String binding) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH_BITS, iv));
        cipher.updateAAD(binding.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
