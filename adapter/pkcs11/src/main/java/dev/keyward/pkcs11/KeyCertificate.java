package dev.keyward.pkcs11;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;

/**
 * The certificate by which other PKCS#11 software finds a private key: Java's key stores show none without. It says which
 * public key belongs to the private one, and nothing else: it is signed by a key that is made for it and thrown away, so that
 * the key itself is not used, which could not sign it anyway if it is for key agreement. Its owner may put another in its place.
 * Stateless. Source: RFC 5280, 4.1.
 */
public final class KeyCertificate {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ECDSA_WITH_SHA_256 = "1.2.840.10045.4.3.2";
    private static final String ISSUER = "a key that Keyward has thrown away";

    /** RFC 5280, A.1: the longest common name. */
    private static final int LONGEST_NAME = 64;

    private static final int SERIAL_NUMBER_BITS = 120;
    private static final BigInteger VERSION_3 = BigInteger.TWO;

    /** RFC 5280, 4.1.2.5: what has no well-defined end. */
    private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant NO_BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyCertificate() {}

    /**
     * Makes one, in DER.
     *
     * @param subjectPublicKeyInfo the public key, as RFC 5280, section 4.1, has it
     * @param commonName whose it is; what is longer than a common name may be is cut off at its beginning
     */
    public static byte[] of(byte[] subjectPublicKeyInfo, String commonName) {
        byte[] algorithm = Der.sequence(Der.objectIdentifier(ECDSA_WITH_SHA_256));
        byte[] toBeSigned = Der.sequence(
                Der.explicit(0, Der.integer(VERSION_3)),
                Der.integer(new BigInteger(SERIAL_NUMBER_BITS, RANDOM).setBit(SERIAL_NUMBER_BITS)),
                algorithm,
                name(ISSUER),
                Der.sequence(Der.generalizedTime(NO_BEGINNING), Der.generalizedTime(NO_END)),
                name(commonName.substring(Math.max(0, commonName.length() - LONGEST_NAME))),
                subjectPublicKeyInfo);
        return Der.sequence(toBeSigned, algorithm, Der.bitString(signature(toBeSigned)));
    }

    private static byte[] signature(byte[] toBeSigned) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair passing = generator.generateKeyPair();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(passing.getPrivate());
            signature.update(toBeSigned);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has ECDSA", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.objectIdentifier(COMMON_NAME), Der.utf8(commonName))));
    }
}
