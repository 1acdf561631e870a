package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * What makes an object a certain public key.
 *
 * @param keyType the CK_KEY_TYPE
 * @param attributes what that type has
 */
record PublicKeyValue(long keyType, List<Attribute> attributes) {
    static PublicKeyValue rsa(BigInteger modulus, BigInteger exponent) {
        return new PublicKeyValue(
                KeyTemplates.RSA,
                List.of(
                        new Attribute.Bytes(AttributeType.MODULUS, unsigned(modulus)),
                        new Attribute.Bytes(AttributeType.PUBLIC_EXPONENT, unsigned(exponent))));
    }

    /** @param point uncompressed */
    static PublicKeyValue onCurve(EllipticCurve curve, byte[] point) {
        return new PublicKeyValue(
                KeyTemplates.EC,
                List.of(curve(curve), new Attribute.Bytes(AttributeType.EC_POINT, Der.octetString(point))));
    }

    /** On which curve a key is. */
    static Attribute curve(EllipticCurve curve) {
        return new Attribute.Bytes(AttributeType.EC_PARAMS, Der.objectIdentifier(curve.objectIdentifier()));
    }

    /** PKCS#11's big integers have no sign. */
    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
