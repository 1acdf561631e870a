package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** The certificates that stand beside the keys. */
@ExtendWith(KeywardExtension.class)
class CertificatesTest {
    private final KmsClient kms;

    @TempDir
    private Path directory;

    CertificatesTest(KmsClient kms) {
        this.kms = kms;
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519"})
    void aKeyPairShowsACertificateThatItSignedOnce(KeySpec keySpec) throws GeneralSecurityException, IOException {
        KeyMetadata key = create(keySpec, KeyUsageType.SIGN_VERIFY);

        X509Certificate certificate = (X509Certificate) keys().getCertificate(key.keyId());

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + key.keyId());
        assertThat(certificate.getNotBefore())
                .isEqualTo(Date.from(key.creationDate().truncatedTo(ChronoUnit.SECONDS)));
        // ECDSA never signs twice alike, so an equal one is the same one.
        assertThat(keys().getCertificate(key.keyId())).isEqualTo(certificate);
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) keys().getEntry(key.keyId(), null);
        assertThat(entry.getPrivateKey()).isEqualTo(keys().getKey(key.keyId(), null));
        assertThat(keys().getCertificateAlias(certificate)).isEqualTo(key.arn());
    }

    @Test
    void withoutADirectoryItLivesAsLongAsTheProvider() throws GeneralSecurityException, IOException {
        KeyMetadata key = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        KeywardProvider provider = new KeywardProvider(kms);

        Certificate certificate = keys(provider).getCertificate(key.keyId());

        assertThat(keys(provider).getCertificate(key.keyId())).isEqualTo(certificate);
        assertThat(keys(new KeywardProvider(kms)).getCertificate(key.keyId())).isNotEqualTo(certificate);
        assertThatThrownBy(() -> keys(provider).setCertificateEntry("root", certificate))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("certificates=DIRECTORY");
    }

    @Test
    void aKeyThatCannotSignShowsNone() throws GeneralSecurityException, IOException {
        KeyMetadata encrypting = create(KeySpec.RSA_2048, KeyUsageType.ENCRYPT_DECRYPT);
        KeyMetadata disabled = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        kms.disableKey(request -> request.keyId(disabled.keyId()));
        KeyMetadata unknownToJava = create(KeySpec.ECC_SECG_P256_K1, KeyUsageType.SIGN_VERIFY);

        assertThat(keys().getCertificate(encrypting.keyId())).isNull();
        assertThat(keys().getCertificate(unknownToJava.keyId())).isNull();
        assertThat(keys().getCertificate(disabled.keyId())).isNull();
        assertThat(keys().isKeyEntry(disabled.keyId())).isTrue();
    }

    @Test
    void aChainIsKeptForItsOwnKeyOnly() throws GeneralSecurityException, IOException {
        KeyMetadata key = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        KeyMetadata other = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        Certificate own = keys(new KeywardProvider(kms)).getCertificate(key.keyId());
        Certificate others = keys().getCertificate(other.keyId());

        KeyStore keys = keys();
        PrivateKey ours = (PrivateKey) keys.getKey(key.keyId(), null);
        keys.setKeyEntry("chained", ours, null, new Certificate[] {own, others});

        assertThat(keys().getCertificateChain(key.keyId())).containsExactly(own, others);
        assertThat(keys().getKey("chained", null)).isEqualTo(ours);
        assertThatThrownBy(() -> keys.setKeyEntry("chained", ours, null, new Certificate[] {others}))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("another key");
    }

    @Test
    void trustedCertificatesAreKept() throws GeneralSecurityException, IOException {
        KeyMetadata key = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        Certificate certificate = keys(new KeywardProvider(kms)).getCertificate(key.keyId());

        keys().setCertificateEntry("../root of trust", certificate);

        assertThat(keys().isCertificateEntry("../root of trust")).isTrue();
        assertThat(keys().getCertificate("../root of trust")).isEqualTo(certificate);
        assertThat(keys().getCertificateAlias(certificate)).isEqualTo("../root of trust");
        assertThat(Collections.list(keys().aliases())).contains("../root of trust");
        keys().deleteEntry("../root of trust");
        assertThat(keys().containsAlias("../root of trust")).isFalse();
    }

    private KeyMetadata create(KeySpec keySpec, KeyUsageType usage) {
        return kms.createKey(request -> request.keySpec(keySpec).keyUsage(usage))
                .keyMetadata();
    }

    private KeywardProvider provider() {
        return new KeywardProvider(kms, directory.resolve("certificates"));
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        return keys(provider());
    }

    private static KeyStore keys(KeywardProvider provider) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("Keyward", provider);
        keys.load(null);
        return keys;
    }
}
