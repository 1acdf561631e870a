package dev.keyward.jca;

import java.security.ProviderException;
import java.security.SecureRandomSpi;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Randomness by GenerateRandom. A seed that is given is not used: AWS KMS takes none, and nothing is lost by it. Thread-safe.
 */
final class KmsSecureRandomSpi extends SecureRandomSpi {
    private static final int MOST_BYTES_AT_ONCE = 1024;

    private final transient KmsConnection connection;

    KmsSecureRandomSpi(KmsConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
        for (int offset = 0; offset < bytes.length; offset += MOST_BYTES_AT_ONCE) {
            int count = Math.min(MOST_BYTES_AT_ONCE, bytes.length - offset);
            System.arraycopy(random(count), 0, bytes, offset, count);
        }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
        byte[] seed = new byte[count];
        engineNextBytes(seed);
        return seed;
    }

    private byte[] random(int count) {
        try {
            return connection
                    .kms()
                    .generateRandom(request -> request.numberOfBytes(count))
                    .plaintext()
                    .asByteArray();
        } catch (SdkException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }
}
