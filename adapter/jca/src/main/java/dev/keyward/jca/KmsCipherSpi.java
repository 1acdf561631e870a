package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
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
 * What the ciphers have in common: the input is gathered, up to a length, and given to AWS KMS in one request at the end.
 */
abstract sealed class KmsCipherSpi extends CipherSpi permits KmsBlobCipherSpi, KmsOaepCipherSpi {
    private static final byte[] NOTHING = {};

    private final KmsConnection connection;
    private @Nullable Operation operation;

    KmsCipherSpi(KmsConnection connection) {
        this.connection = connection;
    }

    /** What an initialized cipher does. */
    private record Operation(InputBuffer input, int longestOutputBytes, UnaryOperator<SdkBytes> request) {}

    final KmsConnection connection() {
        return connection;
    }

    static boolean encrypts(int mode) {
        return mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
    }

    /** Takes input from now on. */
    final void begin(int longestInputBytes, int longestOutputBytes, UnaryOperator<SdkBytes> request) {
        operation = new Operation(new InputBuffer(longestInputBytes), longestOutputBytes, request);
    }

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("has no modes");
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("has no paddings");
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    /** As much as there can be at all. */
    @Override
    protected int engineGetOutputSize(int inputLength) {
        return initialized().longestOutputBytes();
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
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
            return initialized.request().apply(SdkBytes.fromByteArray(content)).asByteArray();
        } catch (InvalidCiphertextException | IncorrectKeyException e) {
            throw refusal(e);
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
            buffer.clear();
        }
    }

    /** What a ciphertext is refused by that is not what it should be. */
    abstract BadPaddingException refusal(SdkException reason);

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
        } catch (IllegalBlockSizeException | BadPaddingException | IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e); // no key has no bytes, says the last
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
