package dev.keyward.cli;

import dev.keyward.contract.WrappingAlgorithm;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Wraps key material for its way to the token, as a client of ImportKeyMaterial does. */
final class MaterialWrapping {
    private static final int AES_KEY_LENGTH_BYTES = 32;

    private MaterialWrapping() {}

    /**
     * Wraps material.
     *
     * @param publicKey the wrapping key, as GetParametersForImport gives it: the DER of a SubjectPublicKeyInfo
     * @throws GeneralSecurityException if it is no RSA key, or too short for that material
     */
    static byte[] wrap(WrappingAlgorithm algorithm, byte[] publicKey, byte[] material) throws GeneralSecurityException {
        PublicKey wrappingKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey));
        if (!algorithm.viaAesKey()) {
            return oaep(algorithm, wrappingKey, material);
        }
        byte[] aesKey = new byte[AES_KEY_LENGTH_BYTES];
        new SecureRandom().nextBytes(aesKey);
        try {
            ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
            wrapped.writeBytes(oaep(algorithm, wrappingKey, aesKey));
            wrapped.writeBytes(rfc5649(new SecretKeySpec(aesKey, "AES"), material));
            return wrapped.toByteArray();
        } finally {
            Arrays.fill(aesKey, (byte) 0);
        }
    }

    private static byte[] oaep(WrappingAlgorithm algorithm, Key wrappingKey, byte[] plaintext)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                wrappingKey,
                new OAEPParameterSpec(
                        algorithm.oaepHash(),
                        "MGF1",
                        new MGF1ParameterSpec(algorithm.oaepHash()),
                        PSource.PSpecified.DEFAULT));
        return cipher.doFinal(plaintext);
    }

    private static byte[] rfc5649(Key aesKey, byte[] plaintext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, aesKey);
        return cipher.doFinal(plaintext);
    }
}
