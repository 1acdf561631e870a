package dev.keyward.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/**
 * HMAC by GenerateMac. A message has up to 4096 bytes, which is AWS KMS's limit and cannot be stretched by a digest.
 * What fails, fails with a {@link ProviderException}, since {@link javax.crypto.Mac} knows no other.
 */
final class KmsMacSpi extends MacSpi {
    private final KmsConnection connection;
    private final String algorithm;
    private final MacAlgorithmSpec macAlgorithm;
    private final int macBytes;
    private final InputBuffer message = new InputBuffer(InputBuffer.LONGEST_MESSAGE_BYTES);
    private @Nullable KmsSecretKey key;

    KmsMacSpi(KmsConnection connection, String algorithm, MacAlgorithmSpec macAlgorithm, int macBytes) {
        this.connection = connection;
        this.algorithm = algorithm;
        this.macAlgorithm = macAlgorithm;
        this.macBytes = macBytes;
    }

    @Override
    protected int engineGetMacLength() {
        return macBytes;
    }

    @Override
    protected void engineInit(Key given, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm + " takes no parameters");
        }
        key = connection.own(given, KmsSecretKey.class, algorithm, KeyUsageType.GENERATE_VERIFY_MAC);
        message.clear();
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        message.add(input, offset, length);
        refuseIfTooLong();
    }

    private void refuseIfTooLong() {
        if (message.isOverflown()) {
            throw new ProviderException(
                    "the message has more than " + message.limitBytes() + " bytes, the limit of AWS KMS");
        }
    }

    @Override
    protected byte[] engineDoFinal() {
        if (key == null) {
            throw new IllegalStateException("not initialized");
        }
        String arn = key.arn();
        byte[] content = message.content();
        try {
            refuseIfTooLong();
            return connection
                    .kms()
                    .generateMac(request -> request.keyId(arn)
                            .message(SdkBytes.fromByteArray(content))
                            .macAlgorithm(macAlgorithm))
                    .mac()
                    .asByteArray();
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
            engineReset();
        }
    }

    @Override
    protected void engineReset() {
        message.clear();
    }
}
