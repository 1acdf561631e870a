package dev.keyward.jca;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/** Public keys are plain ones, so other providers make them. */
final class PublicKeys {
    private PublicKeys() {}

    /**
     * The first key factory that is not of this provider: a registered one would ask itself.
     *
     * @throws NoSuchAlgorithmException if there is none
     */
    static KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
        Provider @Nullable [] candidates = Security.getProviders("KeyFactory." + algorithm);
        for (Provider candidate : candidates == null ? new Provider[0] : candidates) {
            if (!(candidate instanceof KeywardProvider)) {
                return KeyFactory.getInstance(algorithm, candidate);
            }
        }
        throw new NoSuchAlgorithmException("no provider has public keys of " + algorithm);
    }

    /**
     * The key of a SubjectPublicKeyInfo.
     *
     * @throws InvalidKeySpecException if it is none
     * @throws NoSuchAlgorithmException if no provider has such keys
     */
    static PublicKey decode(String algorithm, byte[] encoded) throws InvalidKeySpecException, NoSuchAlgorithmException {
        return factory(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    }
}
