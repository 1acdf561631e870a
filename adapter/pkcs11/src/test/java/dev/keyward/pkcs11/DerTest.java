package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.840.10045.3.1.7, 06082a8648ce3d030107",
        "1.3.132.0.35, 06052b81040023",
        "1.3.132.0.10, 06052b8104000a",
        "1.2.840.113549.1.1.1, 06092a864886f70d010101",
        "2.16.840.1.101.3.4.2.1, 0609608648016503040201"
    })
    void objectIdentifiers(String dotted, String der) {
        assertThat(HexFormat.of().formatHex(Der.objectIdentifier(dotted))).isEqualTo(der);
    }

    @ParameterizedTest
    @CsvSource({"0, 020100", "1, 020101", "127, 02017f", "128, 02020080", "256, 02020100"})
    void integersAreAsShortAsTheyCanBe(long value, String der) {
        assertThat(HexFormat.of().formatHex(Der.integer(BigInteger.valueOf(value))))
                .isEqualTo(der);
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "255, 0481ff", "256, 04820100"})
    void lengths(int lengthBytes, String start) {
        assertThat(HexFormat.of().formatHex(Der.octetString(new byte[lengthBytes])))
                .startsWith(start)
                .hasSize(start.length() + 2 * lengthBytes);
    }

    @Test
    void anEcdsaSignatureIsReadBack() {
        for (int place = 0; place < 132; place++) {
            byte[] numbers = new byte[132];
            numbers[place] = (byte) 0x80;
            numbers[131 - place] |= 1;

            assertThat(EcdsaSignature.fromDer(EcdsaSignature.toDer(numbers), 66))
                    .hasValue(numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "30", // cut
                "3006020101020101ff", // something behind
                "3106020101020101", // no sequence
                "3006030101020101", // no integer
                "300702020001020101", // a zero too many
                "308106020101020101", // a longer length than needed
                "30060201ff020101", // negative
                "3004020102010101", // wrong lengths
                "300702010102020080ff",
                "3007020300ffff020101" // cut in the second
            })
    void anyOtherFormIsRefused(String hexadecimal) {
        assertThat(EcdsaSignature.fromDer(HexFormat.of().parseHex(hexadecimal), 32))
                .isEmpty();
    }

    @Test
    void aNumberLongerThanTheCurveIsRefused() {
        byte[] numbers = new byte[66];
        numbers[0] = 1;
        byte[] der = EcdsaSignature.toDer(numbers);

        assertThat(EcdsaSignature.fromDer(der, 33)).hasValue(numbers);
        assertThat(EcdsaSignature.fromDer(der, 32)).isEmpty();
    }
}
