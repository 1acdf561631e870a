package dev.keyward.sunpkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.KeyCertificate;
import dev.keyward.pkcs11.Pkcs11Token;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others may have put into the token, or into the configuration. */
class ForeignObjectsTest {
    private static final InstallationId INSTALLATION = new InstallationId("0123456789abcdef");
    private static final SunPkcs11Configuration CONFIGURATION = SoftHsm.token("own");

    private static final Supplier<char[]> PIN = SoftHsm.PIN::toCharArray;

    private final Token token = SunPkcs11Token.open(CONFIGURATION);

    @AfterEach
    void close() {
        token.close();
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, SIGN_VERIFY", "ECC_NIST_P256, SIGN_VERIFY", "ECC_NIST_P256, KEY_AGREEMENT"})
    void neitherEngineBelievesACertificateOfAnotherKey(KeySpec spec, KeyUsage usage) throws GeneralSecurityException {
        MaterialReference own = token.reference(name());
        token.generateKeyPair(own, spec, usage);
        byte[] publicKey = token.publicKey(own, spec);
        MaterialReference forged = token.reference(name());
        token.close();
        byte[] strangers = otherPublicKey(spec);
        try (Token engine = SunPkcs11Token.open(
                with(PIN, (subjectPublicKeyInfo, commonName) -> KeyCertificate.of(strangers, commonName)))) {
            engine.generateKeyPair(forged, spec, usage);
            requireRefused(engine, forged, spec);
        }
        try (Token engine = Pkcs11Token.open(SoftHsm.ownBinding("own"))) {
            assertThat(engine.publicKey(own, spec)).isEqualTo(publicKey);
            requireRefused(engine, forged, spec);
        }
    }

    private static void requireRefused(Token engine, MaterialReference reference, KeySpec spec) {
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> engine.publicKey(reference, spec))
                .withMessageContaining("is not that of its key")
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FAILED));
    }

    private static byte[] otherPublicKey(KeySpec spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(spec == KeySpec.RSA_2048 ? "RSA" : "EC");
        generator.initialize(spec.lengthBits());
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    private static SunPkcs11Configuration with(Supplier<char[]> pin, CertificateMaker certificates) {
        return new SunPkcs11Configuration(
                CONFIGURATION.name(),
                CONFIGURATION.library(),
                CONFIGURATION.slot(),
                null,
                CONFIGURATION.token(),
                CONFIGURATION.profile(),
                CONFIGURATION.maximumIdBytes(),
                CONFIGURATION.maximumLabelBytes(),
                pin,
                certificates);
    }

    @Test
    void makesNothingThatItCouldNotFindForCertain() {
        byte[] id = {1, 2, 3};
        MaterialReference ofTheOtherEngine = new ObjectName(id, "keyward:0123456789abcdef:label").reference("softhsm");

        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> token.generate(ofTheOtherEngine, KeySpec.SYMMETRIC_DEFAULT))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FAILED));
        assertThat(token.holds(ofTheOtherEngine)).isFalse();
    }

    @Test
    void aWrongPinIsNotTriedAgainNorTold() {
        token.close();
        int[] asked = {0};
        SunPkcs11Configuration wrong = with(
                () -> {
                    asked[0]++;
                    return "wrong-4321".toCharArray();
                },
                KeyCertificate::of);

        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> SunPkcs11Token.open(wrong))
                .withMessageContaining("CKR_PIN_INCORRECT")
                .withMessageNotContaining("4321")
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void noPathBecomesASetting() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ConfigurationFile.of(
                        Path.of("/tmp/lib.so\nshowInfo = true"), 1, null, CONFIGURATION.token(), List.of()));
        assertThat(ConfigurationFile.of(
                        Path.of("/tmp/lib.so"),
                        1,
                        null,
                        new SunPkcs11Configuration.Description("a\nslot = 2", "1", "m", "m"),
                        List.of("b\nslot = 3")))
                .contains("\nslot = 1\n")
                .doesNotContain("\nslot = 2", "\nslot = 3");
    }

    private MaterialName name() {
        return MaterialName.ofKey(
                INSTALLATION,
                new KeyId("11111111-2222-3333-4444-555555555555"),
                MaterialId.of(token.random(32)),
                MaterialId.of(token.random(32)));
    }
}
