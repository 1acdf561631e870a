package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * Encrypt and Decrypt: up to 4096 bytes into one self-describing ciphertext, which is authenticated together with the
 * encryption context of a {@link KmsParameterSpec}. No part of a plaintext is given out before all of it is authentic.
 */
final class KmsBlobCipherSpi extends KmsCipherSpi {
    private static final int LONGEST_CIPHERTEXT_BYTES = 6144;

    KmsBlobCipherSpi(KmsConnection connection) {
        super(connection);
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Override
    protected void engineInit(int mode, Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        init(mode, key, Map.of());
    }

    @Override
    protected void engineInit(
            int mode, Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        switch (parameters) {
            case null -> init(mode, key, Map.of());
            case KmsParameterSpec given -> init(mode, key, given.encryptionContext());
            default -> throw new InvalidAlgorithmParameterException("takes a KmsParameterSpec");
        }
    }

    @Override
    protected void engineInit(
            int mode, Key key, @Nullable AlgorithmParameters parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("takes a KmsParameterSpec");
        }
        init(mode, key, Map.of());
    }

    private void init(int mode, Key key, Map<String, String> encryptionContext) throws InvalidKeyException {
        String arn = connection()
                .own(key, KmsSecretKey.class, "KMS", KeyUsageType.ENCRYPT_DECRYPT)
                .arn();
        // How long a ciphertext becomes is the service's to know, so each is taken for as long as there can be.
        if (encrypts(mode)) {
            begin(
                    InputBuffer.LONGEST_MESSAGE_BYTES,
                    LONGEST_CIPHERTEXT_BYTES,
                    plaintext -> encrypt(arn, encryptionContext, plaintext));
        } else {
            begin(
                    LONGEST_CIPHERTEXT_BYTES,
                    InputBuffer.LONGEST_MESSAGE_BYTES,
                    ciphertext -> decrypt(arn, encryptionContext, ciphertext));
        }
    }

    @Override
    BadPaddingException refusal(SdkException reason) {
        return (BadPaddingException)
                new AEADBadTagException("not a ciphertext of this key and encryption context").initCause(reason);
    }

    private SdkBytes encrypt(String arn, Map<String, String> encryptionContext, SdkBytes plaintext) {
        return connection()
                .kms()
                .encrypt(request ->
                        request.keyId(arn).encryptionContext(encryptionContext).plaintext(plaintext))
                .ciphertextBlob();
    }

    private SdkBytes decrypt(String arn, Map<String, String> encryptionContext, SdkBytes ciphertext) {
        return connection()
                .kms()
                .decrypt(request ->
                        request.keyId(arn).encryptionContext(encryptionContext).ciphertextBlob(ciphertext))
                .plaintext();
    }
}
