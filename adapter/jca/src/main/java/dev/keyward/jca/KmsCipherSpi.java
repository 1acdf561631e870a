package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * Encrypt and Decrypt: up to 4096 bytes into one self-describing ciphertext, which is authenticated together with the
 * encryption context of a {@link KmsParameterSpec}. No part of a plaintext is given out before all of it is authentic.
 */
final class KmsCipherSpi extends CipherSpi {
    private static final int LONGEST_PLAINTEXT_BYTES = 4096;
    private static final int LONGEST_CIPHERTEXT_BYTES = 6144;
    private static final byte[] NOTHING = {};

    private final KmsConnection connection;
    private @Nullable Operation operation;

    KmsCipherSpi(KmsConnection connection) {
        this.connection = connection;
    }

    /** What an initialized cipher does. */
    private record Operation(
            boolean encrypts, String keyArn, Map<String, String> encryptionContext, InputBuffer input) {}

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("KMS has no modes");
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("KMS has no paddings");
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    /** As much as there can be at all: how long a ciphertext becomes is the service's to know. */
    @Override
    protected int engineGetOutputSize(int inputLength) {
        return initialized().encrypts() ? LONGEST_CIPHERTEXT_BYTES : LONGEST_PLAINTEXT_BYTES;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
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
        if (!(key instanceof KmsSecretKey secret
                && connection.isOf(secret)
                && secret.getAlgorithm().equals("KMS"))) {
            throw new InvalidKeyException("takes this provider's own keys of spec SYMMETRIC_DEFAULT");
        }
        boolean encrypts = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        InputBuffer input = new InputBuffer(encrypts ? LONGEST_PLAINTEXT_BYTES : LONGEST_CIPHERTEXT_BYTES);
        operation = new Operation(encrypts, secret.arn(), encryptionContext, input);
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
        initialized().input().add(input, offset, length);
        return NOTHING;
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
        initialized().input().add(input, offset, length);
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        Operation initialized = initialized();
        InputBuffer buffer = initialized.input();
        if (input != null) {
            buffer.add(input, offset, length);
        }
        byte[] content = buffer.content();
        try {
            if (buffer.isOverflown()) {
                throw new IllegalBlockSizeException(
                        "the input has more than " + buffer.limitBytes() + " bytes, the limit of AWS KMS");
            }
            return perform(initialized, SdkBytes.fromByteArray(content)).asByteArray();
        } catch (InvalidCiphertextException | IncorrectKeyException e) {
            throw (BadPaddingException)
                    new AEADBadTagException("not a ciphertext of this key and encryption context").initCause(e);
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
            buffer.clear();
        }
    }

    private SdkBytes perform(Operation initialized, SdkBytes content) {
        if (initialized.encrypts()) {
            return connection
                    .kms()
                    .encrypt(request -> request.keyId(initialized.keyArn())
                            .encryptionContext(initialized.encryptionContext())
                            .plaintext(content))
                    .ciphertextBlob();
        }
        return connection
                .kms()
                .decrypt(request -> request.keyId(initialized.keyArn())
                        .encryptionContext(initialized.encryptionContext())
                        .ciphertextBlob(content))
                .plaintext();
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        int room = output.length - outputOffset;
        if (room < engineGetOutputSize(length)) {
            throw new ShortBufferException("the result may have " + engineGetOutputSize(length) + " bytes");
        }
        byte[] result = engineDoFinal(input, offset, length);
        System.arraycopy(result, 0, output, outputOffset, result.length);
        return result.length;
    }

    @Override
    protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
        byte[] encoded = key instanceof SecretKey ? key.getEncoded() : null;
        if (encoded == null) {
            throw new InvalidKeyException("only secret keys that show their bytes can be wrapped");
        }
        try {
            return engineDoFinal(encoded, 0, encoded.length);
        } catch (BadPaddingException e) {
            throw new ProviderException("an encryption cannot fail so", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String algorithm, int type) throws InvalidKeyException {
        if (type != Cipher.SECRET_KEY) {
            throw new InvalidKeyException("only secret keys can be unwrapped");
        }
        byte[] unwrapped = NOTHING;
        try {
            unwrapped = engineDoFinal(wrapped, 0, wrapped.length);
            return new SecretKeySpec(unwrapped, algorithm);
        } catch (IllegalBlockSizeException | BadPaddingException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        } finally {
            Arrays.fill(unwrapped, (byte) 0);
        }
    }

    private Operation initialized() {
        if (operation == null) {
            throw new IllegalStateException("not initialized");
        }
        return operation;
    }
}
