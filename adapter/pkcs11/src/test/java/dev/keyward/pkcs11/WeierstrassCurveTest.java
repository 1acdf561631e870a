package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.EllipticCurve;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Bouncy Castle's curves. */
class WeierstrassCurveTest {
    @ParameterizedTest
    @EnumSource(
            value = EllipticCurve.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EDWARDS25519"})
    void findsEveryPointByItsX(EllipticCurve curve) {
        WeierstrassCurve row = WeierstrassCurve.of(curve).orElseThrow();
        X9ECParameters known = ECNamedCurveTable.getByOID(new ASN1ObjectIdentifier(curve.objectIdentifier()));
        assertThat(row.generator()).isEqualTo(known.getG().getEncoded(false));
        for (int factor = 1; factor <= 100; factor++) {
            ECPoint point = known.getG().multiply(BigInteger.valueOf(factor)).normalize();
            byte[] x = point.getAffineXCoord().getEncoded();

            assertThat(row.points(x))
                    .containsExactlyInAnyOrder(
                            point.getEncoded(false), point.negate().getEncoded(false));
        }
    }

    @ParameterizedTest
    @EnumSource(WeierstrassCurve.class)
    void findsNoPointWhereThereIsNone(WeierstrassCurve row) {
        int lengthBytes = row.generator().length / 2;
        byte[] notBelowTheModulus = new byte[lengthBytes];
        Arrays.fill(notBelowTheModulus, (byte) 0xff);
        assertThat(row.points(notBelowTheModulus)).isEmpty();
        long without = LongStream.range(0, 100)
                .filter(x -> row.points(BigIntegers.asUnsignedByteArray(lengthBytes, BigInteger.valueOf(x)))
                        .isEmpty())
                .count();
        assertThat(without).as("about half of all numbers").isBetween(25L, 75L);
    }

    @Test
    void knowsNoEdwardsCurve() {
        assertThat(WeierstrassCurve.of(EllipticCurve.EDWARDS25519)).isEmpty();
    }
}
