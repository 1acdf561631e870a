package dev.keyward.sunpkcs11;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * Signatures of what is hashed already: by the token, with CKM_RSA_PKCS or CKM_ECDSA; verified on the host, since a public
 * key is all it needs. Stateless.
 */
final class RawSignature {
    private static final int FEWEST_PADDING_BYTES = 8;

    private RawSignature() {}

    /** Signs; of an RSA key what RFC 8017, section 9.2, calls T, of another one a digest. */
    static byte[] sign(Provider provider, PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()), provider);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    /** Whether it is a signature of that. */
    static boolean verify(PublicKey key, byte[] input, byte[] signature) throws GeneralSecurityException {
        return switch (key) {
            case RSAPublicKey rsa -> verify(rsa, input, signature);
            case ECPublicKey curved -> verify(curved, input, signature);
            default -> throw new InvalidKeyException("neither RSA nor EC: " + key.getAlgorithm());
        };
    }

    /** RFC 8017, section 8.2.2: what was signed is put together again, and compared byte by byte. */
    private static boolean verify(RSAPublicKey key, byte[] input, byte[] signature) {
        int lengthBytes = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        BigInteger number = new BigInteger(1, signature);
        if (signature.length != lengthBytes
                || number.compareTo(key.getModulus()) >= 0
                || lengthBytes < input.length + FEWEST_PADDING_BYTES + 3) {
            return false;
        }
        byte[] expected = new byte[lengthBytes];
        Arrays.fill(expected, (byte) 0xff);
        expected[0] = 0;
        expected[1] = 1;
        expected[lengthBytes - input.length - 1] = 0;
        System.arraycopy(input, 0, expected, lengthBytes - input.length, input.length);
        BigInteger opened = number.modPow(key.getPublicExponent(), key.getModulus());
        return opened.equals(new BigInteger(1, expected));
    }

    private static boolean verify(ECPublicKey key, byte[] input, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm(key.getAlgorithm()));
        verifier.initVerify(key);
        verifier.update(input);
        try {
            return verifier.verify(signature);
        } catch (SignatureException notOfItsForm) {
            return false;
        }
    }

    private static String algorithm(String ofKey) {
        return ofKey.equals("RSA") ? "NONEwithRSA" : "NONEwithECDSA";
    }
}
