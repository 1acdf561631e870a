package dev.keyward.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCertificateTest {
    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "EC, 521"})
    void isReadAndSaysWhoseKeyItIs(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        PublicKey key = generator.generateKeyPair().getPublic();
        String name = "keyward:" + "0".repeat(60) + ":the end, of 2";

        X509Certificate certificate = read(KeyCertificate.of(key.getEncoded(), name));

        assertThat(certificate.getPublicKey()).isEqualTo(key);
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName())
                .startsWith("CN=")
                .contains("the end\\, of 2");
        assertThat(certificate.getIssuerX500Principal()).isNotEqualTo(certificate.getSubjectX500Principal());
        assertThat(read(KeyCertificate.of(key.getEncoded(), name)).getSerialNumber())
                .isNotEqualTo(certificate.getSerialNumber());
        certificate.checkValidity();
    }

    private static X509Certificate read(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
