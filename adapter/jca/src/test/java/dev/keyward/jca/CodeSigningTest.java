package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import net.jsign.AuthenticodeSigner;
import net.jsign.DigestAlgorithm;
import net.jsign.Signable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** Jsign, which signs programs for Windows, with a key store whose keys are in the token. */
@ExtendWith(KeywardExtension.class)
class CodeSigningTest {
    private final KeywardProvider provider;

    @TempDir
    private Path directory;

    CodeSigningTest(KmsClient kms, @TempDir Path certificates) {
        provider = new KeywardProvider(kms, certificates);
    }

    @BeforeEach
    void register() {
        Security.addProvider(provider);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 3072, SHA256withRSA", "EC, 256, SHA256withECDSA"})
    void jsignSignsAScript(String keyAlgorithm, int bits, String algorithm) throws Exception {
        Path script = Files.writeString(directory.resolve("hello.ps1"), "Write-Output hello\r\n");
        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(null);
        X509Certificate certificate = create(keys, "code-" + keyAlgorithm, keyAlgorithm, bits, algorithm);

        try (Signable signable = Signable.of(script.toFile())) {
            new AuthenticodeSigner(keys, "code-" + keyAlgorithm, null)
                    .withProgramName("Hello")
                    .withTimestamping(false)
                    .sign(signable);
        }

        assertThat(signedDigest(script, certificate)).isEqualTo(digest(script));
        Files.writeString(script, Files.readString(script).replace("hello", "other"));
        assertThat(signedDigest(script, certificate)).isNotEqualTo(digest(script));
    }

    private X509Certificate create(KeyStore keys, String name, String keyAlgorithm, int bits, String algorithm)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm, provider);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = IssuedCertificate.ofCode(pair, algorithm);
        keys.setKeyEntry(name, pair.getPrivate(), null, new X509Certificate[] {certificate});
        return certificate;
    }

    /** The digest of a script that its one signature, which must be good, is of. */
    private static byte[] signedDigest(Path script, X509Certificate certificate) throws Exception {
        try (Signable signable = Signable.of(script.toFile())) {
            List<CMSSignedData> signatures = signable.getSignatures();
            assertThat(signatures).hasSize(1);
            CMSSignedData signature =
                    new CMSSignedData(signatures.getFirst().toASN1Structure()); // with its content, unlike Jsign's
            SignerInformation signer = signature.getSignerInfos().iterator().next();
            assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                    .isTrue();
            ASN1Sequence content =
                    ASN1Sequence.getInstance(signature.getSignedContent().getContent());
            return DigestInfo.getInstance(content.getObjectAt(1)).getDigest();
        }
    }

    private static byte[] digest(Path script) throws Exception {
        try (Signable signable = Signable.of(script.toFile())) {
            return signable.computeDigest(DigestAlgorithm.SHA256);
        }
    }
}
