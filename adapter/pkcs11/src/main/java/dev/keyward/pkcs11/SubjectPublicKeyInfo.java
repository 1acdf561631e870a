package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import java.math.BigInteger;

/** The DER of a public key, as RFC 5280, section 4.1, has it. Stateless. */
final class SubjectPublicKeyInfo {
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";

    private SubjectPublicKeyInfo() {}

    /** RFC 3279, section 2.3.1. */
    static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        return Der.sequence(
                Der.sequence(Der.objectIdentifier(RSA_ENCRYPTION), Der.nothing()),
                Der.bitString(Der.sequence(Der.integer(modulus), Der.integer(exponent))));
    }

    /** RFC 8410, section 4. */
    static byte[] edwardsCurve(EllipticCurve curve, byte[] point) {
        return Der.sequence(Der.sequence(Der.objectIdentifier(curve.objectIdentifier())), Der.bitString(point));
    }

    /**
     * RFC 5480, section 2.
     *
     * @param point uncompressed: 4, x, y
     */
    static byte[] ellipticCurve(EllipticCurve curve, byte[] point) {
        return Der.sequence(
                Der.sequence(Der.objectIdentifier(EC_PUBLIC_KEY), Der.objectIdentifier(curve.objectIdentifier())),
                Der.bitString(point));
    }
}
