package dev.keyward.endpoint;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/** Key material that a client has made and keeps, by the JDK. Stateless. */
final class KeyMaterial {
    private KeyMaterial() {}

    /**
     * A key pair.
     *
     * @param algorithm RSA or EC
     * @param size the length of the modulus in bits, or the name of the curve
     */
    static KeyPair pair(String algorithm, String size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(Integer.parseInt(size));
            } else {
                generator.initialize(new ECGenParameterSpec(size));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + algorithm + " of " + size, e);
        }
    }

    /** A secret key. */
    static byte[] secret(int lengthBytes) {
        byte[] secret = new byte[lengthBytes];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
