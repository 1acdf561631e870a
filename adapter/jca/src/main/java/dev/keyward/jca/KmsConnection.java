package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * What the services of one provider share, until it is closed: the client, and so who uses the keys, and the certificates.
 * Thread-safe.
 */
final class KmsConnection {
    private final KmsClientFactory.Opened client;
    private final Certificates certificates;
    private final AtomicBoolean closed = new AtomicBoolean();

    KmsConnection(KmsClientFactory.Opened client, Certificates certificates) {
        this.client = client;
        this.certificates = certificates;
    }

    Certificates certificates() {
        return certificates;
    }

    /**
     * Whom to ask.
     *
     * @throws SdkClientException if the provider is closed
     */
    KmsClient kms() {
        if (closed.get()) {
            throw SdkClientException.create("the provider of this key is closed");
        }
        return client.kms();
    }

    /** Ends the use of all keys. Idempotent. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            client.close().run();
        }
    }

    /** Whether a key is reached through this, and so by this identity. */
    boolean isOf(Key key) {
        return key instanceof KmsKey ours && equals(reference(ours).connection());
    }

    private static KmsKeyReference reference(KmsKey key) {
        return switch (key) {
            case KmsSecretKey secret -> secret.reference();
            case KmsPrivateKey hidden -> hidden.reference();
        };
    }

    /**
     * A key that a service was given, if it is one for it.
     *
     * @throws InvalidKeyException if it is somebody else's, or for something else
     */
    <K extends KmsKey> K own(@Nullable Key given, Class<K> type, String algorithm, KeyUsageType usage)
            throws InvalidKeyException {
        if (!(type.isInstance(given) && isOf(given) && given.getAlgorithm().equals(algorithm))) {
            throw new InvalidKeyException("takes this provider's own " + algorithm + " keys");
        }
        K key = type.cast(given);
        String usageOfKey = reference(key).keyUsage();
        if (!usageOfKey.equals(usage.toString())) {
            throw new InvalidKeyException(key + " is for " + usageOfKey + ", not for " + usage);
        }
        return key;
    }

    /**
     * The key that is described.
     *
     * @throws InvalidKeyException if the public half of a key pair cannot be had or read, or no service here uses such a key
     */
    KmsKey key(KeyMetadata metadata) throws InvalidKeyException {
        KmsKeyReference reference = KmsKeyReference.of(this, metadata);
        KmsKeyType type = KmsKeyType.of(reference.keySpec());
        return switch (type.kind()) {
            case SECRET -> new KmsSecretKey(reference, type.algorithm());
            case RSA -> new KmsRsaPrivateKey(reference, (RSAPublicKey) publicKey(reference, "RSA"));
            case ELLIPTIC_CURVE -> new KmsEcPrivateKey(reference, (ECPublicKey) publicKey(reference, "EC"));
            case EDWARDS_CURVE -> new KmsEdPrivateKey(reference, (EdECPublicKey) publicKey(reference, "EdDSA"));
        };
    }

    private PublicKey publicKey(KmsKeyReference reference, String algorithm) throws InvalidKeyException {
        try {
            byte[] encoded = kms().getPublicKey(request -> request.keyId(reference.arn()))
                    .publicKey()
                    .asByteArray();
            return PublicKeys.decode(algorithm, encoded);
        } catch (SdkException e) {
            throw new InvalidKeyException("the public half of " + reference + " is not given out", e);
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new InvalidKeyException("no provider here reads the public half of " + reference, e);
        }
    }
}
