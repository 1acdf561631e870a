package dev.keyward.conformance.token;

import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Private keys as PKCS#8, in forms that are as good as others or no good at all. Stateless. */
final class PrivateKeyForms {
    private PrivateKeyForms() {}

    /** The same key on its curve, without its public half. */
    static byte[] withoutPublicHalf(byte[] pkcs8) {
        return onCurve(curve(pkcs8), curve(pkcs8), value(pkcs8), null);
    }

    /** The same key on its curve, with the public half of another one. */
    static byte[] withPublicHalfOf(byte[] other, byte[] pkcs8) {
        X9ECParameters parameters = ECNamedCurveTable.getByOID(curve(other));
        byte[] point = parameters.getG().multiply(value(other)).getEncoded(false);
        return onCurve(curve(pkcs8), curve(pkcs8), value(pkcs8), point);
    }

    /** What is no key on any named curve, made out of one that is. */
    static List<byte[]> onNoCurve(byte[] pkcs8) {
        ASN1ObjectIdentifier curve = curve(pkcs8);
        X9ECParameters parameters = ECNamedCurveTable.getByOID(curve);
        BigInteger value = value(pkcs8);
        X9ECParameters withOtherGenerator = new X9ECParameters(
                parameters.getCurve(),
                new X9ECPoint(parameters.getG().multiply(BigInteger.TWO).normalize(), false),
                parameters.getN(),
                parameters.getH());
        byte[] twicePoint = parameters.getG().multiply(value.shiftLeft(1)).getEncoded(false);
        return List.of(
                onCurve(curve, curve, BigInteger.ZERO, null),
                onCurve(curve, curve, parameters.getN(), null),
                onCurve(curve, withOtherGenerator, value, null),
                onCurve(curve, withOtherGenerator, value, twicePoint),
                onCurve(curve, DERNull.INSTANCE, value, null));
    }

    /** Those numbers, with the rest of an RSA key. */
    static byte[] rsa(BigInteger modulus, BigInteger publicExponent, RSAPrivateCrtKey key) {
        return encoded(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPrivateKey(
                        modulus,
                        publicExponent,
                        key.getPrivateExponent(),
                        key.getPrimeP(),
                        key.getPrimeQ(),
                        key.getPrimeExponentP(),
                        key.getPrimeExponentQ(),
                        key.getCrtCoefficient()));
    }

    private static byte[] onCurve(
            ASN1ObjectIdentifier curve, ASN1Encodable parameters, BigInteger value, byte @Nullable [] publicPoint) {
        int orderBits = ECNamedCurveTable.getByOID(curve).getN().bitLength();
        return encoded(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                publicPoint == null
                        ? new ECPrivateKey(orderBits, value)
                        : new ECPrivateKey(orderBits, value, new DERBitString(publicPoint), null));
    }

    private static ASN1ObjectIdentifier curve(byte[] pkcs8) {
        return ASN1ObjectIdentifier.getInstance(
                PrivateKeyInfo.getInstance(pkcs8).getPrivateKeyAlgorithm().getParameters());
    }

    private static BigInteger value(byte[] pkcs8) {
        try {
            return ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey())
                    .getKey();
        } catch (IOException e) {
            throw new AssertionError("not a key on a curve", e);
        }
    }

    private static byte[] encoded(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            return new PrivateKeyInfo(algorithm, key).getEncoded();
        } catch (IOException e) {
            throw new AssertionError("nothing is written anywhere", e);
        }
    }
}
