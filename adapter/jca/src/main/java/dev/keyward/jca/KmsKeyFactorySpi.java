package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Public halves: plain keys, in all forms that other providers know, of what they are given or of a private key in AWS KMS.
 * Private keys are not made of anything.
 */
final class KmsKeyFactorySpi extends KeyFactorySpi {
    private final KmsConnection connection;
    private final String algorithm;

    KmsKeyFactorySpi(KmsConnection connection, String algorithm) {
        this.connection = connection;
        this.algorithm = algorithm;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec form) throws InvalidKeySpecException {
        try {
            return PublicKeys.factory(algorithm).generatePublic(form);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec form) throws InvalidKeySpecException {
        throw new InvalidKeySpecException("private keys are brought in by ImportKeyMaterial");
    }

    /** A form of a public key, or of the public half of a private key of this provider. */
    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> form) throws InvalidKeySpecException {
        try {
            return PublicKeys.factory(algorithm).getKeySpec(publicHalf(key), form);
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    private PublicKey publicHalf(@Nullable Key key) throws InvalidKeyException {
        KmsPrivateKey hidden = ours(key);
        return hidden == null ? plain(key) : hidden.publicKey();
    }

    /** The same key of this provider, or another's public key as a plain one. */
    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
        KmsPrivateKey hidden = ours(key);
        return hidden == null ? plain(key) : hidden;
    }

    private @Nullable KmsPrivateKey ours(@Nullable Key key) {
        return key instanceof KmsPrivateKey hidden
                        && connection.isOf(hidden)
                        && hidden.getAlgorithm().equals(algorithm)
                ? hidden
                : null;
    }

    private PublicKey plain(@Nullable Key key) throws InvalidKeyException {
        if (!(key instanceof PublicKey)) {
            throw new InvalidKeyException("takes public keys, and this provider's own " + algorithm + " keys");
        }
        try {
            return (PublicKey) PublicKeys.factory(algorithm).translateKey(key);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }
}
