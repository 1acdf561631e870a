package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The curves y² = x³ + ax + b over the integers modulo p, as far as finding a point by its x coordinate needs them. All that
 * is computed here is public. Stateless.
 *
 * @see <a href="https://www.secg.org/sec2-v2.pdf">SEC 2, version 2, section 2</a>
 */
enum WeierstrassCurve {
    // spotless:off
    NIST_P256(EllipticCurve.NIST_P256, -3,
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb"
                    + "4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
    NIST_P384(EllipticCurve.NIST_P384, -3,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000"
                    + "ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8ed"
                    + "d3ec2aef",
            "04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e"
                    + "3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e81"
                    + "9d7a431d7c90ea0e5f"),
    NIST_P521(EllipticCurve.NIST_P521, -3,
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffffffffffffffff",
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652"
                    + "c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
            "0400c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe"
                    + "1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66011839296a789a3bc0045c8a5fb42c7d1bd998f544"
                    + "49579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd166"
                    + "50"),
    SECG_P256K1(EllipticCurve.SECG_P256K1, 0,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
            "0000000000000000000000000000000000000000000000000000000000000007",
            "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fb"
                    + "fc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
    // spotless:on

    private static final byte UNCOMPRESSED = 4;

    private final EllipticCurve curve;
    private final BigInteger a;
    private final BigInteger p;
    private final BigInteger b;
    private final byte[] generator;

    WeierstrassCurve(EllipticCurve curve, int a, String p, String b, String generator) {
        this.curve = curve;
        this.a = BigInteger.valueOf(a);
        this.p = new BigInteger(p, 16);
        this.b = new BigInteger(b, 16);
        this.generator = HexFormat.of().parseHex(generator);
    }

    /** That curve; nothing for one in another form. */
    static Optional<WeierstrassCurve> of(EllipticCurve curve) {
        return Arrays.stream(values()).filter(row -> row.curve == curve).findFirst();
    }

    /** The point that every private key is multiplied by to give its public one, uncompressed. */
    byte[] generator() {
        return generator.clone();
    }

    /** The two points with that x coordinate, uncompressed; none if there are none. */
    List<byte[]> points(byte[] x) {
        BigInteger number = new BigInteger(1, x);
        BigInteger square = number.pow(2).add(a).multiply(number).add(b).mod(p);
        // A square root, since p is 3 modulo 4 on each of these curves.
        BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        return number.compareTo(p) < 0 && y.modPow(BigInteger.TWO, p).equals(square)
                ? List.of(uncompressed(number, y), uncompressed(number, p.subtract(y)))
                : List.of();
    }

    private byte[] uncompressed(BigInteger x, BigInteger y) {
        int lengthBytes = curve.coordinateLengthBytes();
        return ByteBuffer.allocate(1 + 2 * lengthBytes)
                .put(UNCOMPRESSED)
                .put(unsigned(x, lengthBytes))
                .put(unsigned(y, lengthBytes))
                .array();
    }

    private static byte[] unsigned(BigInteger number, int lengthBytes) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[lengthBytes];
        int length = Math.min(bytes.length, lengthBytes);
        System.arraycopy(bytes, bytes.length - length, padded, lengthBytes - length, length);
        return padded;
    }
}
