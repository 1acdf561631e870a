package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** What the services of one provider share: the client, and so who uses the keys, and the certificates. Thread-safe. */
final class KmsConnection {
    private final KmsClient kms;
    private final Certificates certificates;

    KmsConnection(KmsClient kms, Certificates certificates) {
        this.kms = kms;
        this.certificates = certificates;
    }

    Certificates certificates() {
        return certificates;
    }

    KmsClient kms() {
        return kms;
    }

    /** Whether a key is reached through this, and so by this identity. */
    boolean isOf(Key key) {
        return switch (key) {
            case KmsSecretKey secret -> equals(secret.reference().connection());
            case KmsPrivateKey hidden -> equals(hidden.reference().connection());
            default -> false;
        };
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
        };
    }

    private PublicKey publicKey(KmsKeyReference reference, String algorithm) throws InvalidKeyException {
        try {
            byte[] encoded = kms.getPublicKey(request -> request.keyId(reference.arn()))
                    .publicKey()
                    .asByteArray();
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (SdkException e) {
            throw new InvalidKeyException("the public half of " + reference + " is not given out", e);
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new InvalidKeyException("no provider here reads the public half of " + reference, e);
        }
    }
}
