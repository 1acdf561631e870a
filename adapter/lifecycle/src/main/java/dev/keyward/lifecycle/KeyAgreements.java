package dev.keyward.lifecycle;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Token;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Derives secrets shared with the holder of another private key. The work on material is the token's. Thread-safe. */
public final class KeyAgreements {
    private static final byte UNCOMPRESSED = 4;

    private final Token token;

    KeyAgreements(Token token) {
        this.token = token;
    }

    /**
     * Whether a public key can be the other party's. Asked of a dry run too.
     *
     * @param publicKey the DER of a SubjectPublicKeyInfo
     * @throws KeywardException with {@link ErrorCode#VALIDATION} and, as AWS KMS has it, no message
     */
    public static void requireSuitable(KeyRecord key, byte[] publicKey) {
        if (point(key, publicKey).length == 0) {
            throw new KeywardException(ErrorCode.VALIDATION);
        }
    }

    /** The secret that an enabled key shares with a public key that is suitable; whoever takes it clears it. */
    public byte[] derive(KeyRecord key, byte[] publicKey) {
        return token.deriveSharedSecret(key.current().orElseThrow().reference(), key.spec(), point(key, publicKey));
    }

    /**
     * The point of a public key, uncompressed; nothing if it is not one of the key's own curve. That has to be sure: a
     * point of a weaker curve would give away the private key bit by bit.
     */
    private static byte[] point(KeyRecord key, byte[] publicKey) {
        EllipticCurve curve = key.spec().curve().orElseThrow();
        try {
            ECParameterSpec expected = parameters(curve);
            ECPublicKey other =
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey));
            boolean ofTheCurve = other.getParams().getCurve().equals(expected.getCurve())
                    && other.getParams().getGenerator().equals(expected.getGenerator())
                    && isOn(expected.getCurve(), other.getW());
            return ofTheCurve ? encoded(other.getW(), curve.coordinateLengthBytes()) : new byte[0];
        } catch (GeneralSecurityException notAPublicKey) {
            return new byte[0];
        }
    }

    private static ECParameterSpec parameters(EllipticCurve curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.objectIdentifier()));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static boolean isOn(java.security.spec.EllipticCurve curve, ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        boolean reduced = x.signum() >= 0 && x.compareTo(prime) < 0 && y.signum() >= 0 && y.compareTo(prime) < 0;
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return reduced && y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }

    private static byte[] encoded(ECPoint point, int coordinateLengthBytes) {
        byte[] bytes = new byte[1 + 2 * coordinateLengthBytes];
        bytes[0] = UNCOMPRESSED;
        put(point.getAffineX(), bytes, 1 + coordinateLengthBytes);
        put(point.getAffineY(), bytes, bytes.length);
        return bytes;
    }

    /** Puts a coordinate where it shall end. */
    private static void put(BigInteger coordinate, byte[] bytes, int end) {
        byte[] digits = coordinate.toByteArray();
        byte[] unsigned = digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits;
        System.arraycopy(unsigned, 0, bytes, end - unsigned.length, unsigned.length);
    }
}
