package dev.keyward.bench;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** How a program signs that knows {@code java.security} alone. Stateless. */
final class JcaSignature {
    private JcaSignature() {}

    /** One that signs with a key. */
    static Signature signing(Provider provider, String algorithm, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm, provider);
            signature.initSign(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs a message. */
    static byte[] of(Signature signature, byte[] message) throws GeneralSecurityException {
        signature.update(message);
        return signature.sign();
    }
}
