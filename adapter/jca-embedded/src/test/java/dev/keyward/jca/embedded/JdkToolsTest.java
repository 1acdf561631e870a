package dev.keyward.jca.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** keytool and jarsigner as the JDK ships them, over HTTP, with neither PIN nor token library. */
@ExtendWith(KeywardExtension.class)
class JdkToolsTest {
    private final LocalKeyward keyward;
    private final KmsClient kms;

    @TempDir
    private Path directory;

    private JdkTool tools;

    JdkToolsTest(LocalKeyward keyward, KmsClient kms) {
        this.keyward = keyward;
        this.kms = kms;
    }

    @BeforeEach
    void configure() throws IOException {
        tools = JdkTool.overHttp(keyward, directory);
    }

    @Test
    void keytoolListsKeysOfEveryKind() throws IOException, InterruptedException {
        create("alias/listed-rsa", KeySpec.RSA_2048, KeyUsageType.SIGN_VERIFY);
        create("alias/listed-secret", KeySpec.SYMMETRIC_DEFAULT, KeyUsageType.ENCRYPT_DECRYPT);
        create("alias/listed-edwards", KeySpec.ECC_NIST_EDWARDS25519, KeyUsageType.SIGN_VERIFY);
        create("alias/listed-agreement", KeySpec.ECC_NIST_P256, KeyUsageType.KEY_AGREEMENT);
        create("alias/listed-disabled", KeySpec.RSA_2048, KeyUsageType.SIGN_VERIFY);
        kms.disableKey(key -> key.keyId(kms.describeKey(named -> named.keyId("alias/listed-disabled"))
                .keyMetadata()
                .keyId()));

        String said = tools.withKeys("keytool", "-list");

        assertThat(said)
                .containsPattern("listed-rsa, .*, PrivateKeyEntry,")
                .containsPattern("listed-secret, .*, SecretKeyEntry,")
                .containsPattern("listed-edwards, .*, PrivateKeyEntry,")
                .containsPattern("listed-agreement, .*, PrivateKeyEntry,")
                .containsPattern("listed-disabled, .*, PrivateKeyEntry,")
                .contains("Certificate fingerprint (SHA-256)");
    }

    @Test
    void keytoolGeneratesRequestsAndImports() throws IOException, InterruptedException {
        String caCertificate = file("ca.pem");
        String request = file("request.csr");
        String issued = file("issued.pem");
        tools.withKeys(
                "keytool",
                "-genkeypair",
                "-providerName",
                "Keyward",
                "-keypass",
                "notused",
                "-alias",
                "authority",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=Authority",
                "-ext",
                "bc:critical=ca:true");
        tools.withKeys(
                "keytool",
                "-genkeypair",
                "-providerName",
                "Keyward",
                "-keypass",
                "notused",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=server.example");

        tools.withKeys("keytool", "-certreq", "-sigalg", "SHA256withECDSA", "-alias", "server", "-file", request);
        tools.withKeys("keytool", "-gencert", "-alias", "authority", "-infile", request, "-outfile", issued, "-rfc");
        tools.withKeys("keytool", "-exportcert", "-alias", "authority", "-rfc", "-file", caCertificate);
        tools.withKeys("keytool", "-importcert", "-noprompt", "-alias", "root", "-file", caCertificate);
        tools.withKeys("keytool", "-importcert", "-alias", "server", "-file", issued);

        assertThat(tools.withKeys("keytool", "-list", "-v", "-alias", "server"))
                .contains("Certificate chain length: 2", "Owner: CN=server.example", "Issuer: CN=Authority");
        assertThat(tools.withKeys("keytool", "-list", "-alias", "root")).contains("trustedCertEntry");
    }

    @Test
    void jarsignerSignsWhatItVerifies() throws IOException, InterruptedException {
        create("alias/code", KeySpec.ECC_NIST_P384, KeyUsageType.SIGN_VERIFY);
        Path jar = directory.resolve("program.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            entries.putNextEntry(new JarEntry("greeting.txt"));
            entries.write("hello".getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }

        tools.withKeys("jarsigner", jar.toString(), "code");

        assertThat(tools.run("jarsigner", List.of("-verify", "-verbose", "-certs", jar.toString())))
                .contains("jar verified.")
                .containsPattern("sm .* greeting.txt");
    }

    private void create(String alias, KeySpec keySpec, KeyUsageType usage) {
        String key = kms.createKey(request -> request.keySpec(keySpec).keyUsage(usage))
                .keyMetadata()
                .keyId();
        kms.createAlias(request -> request.aliasName(alias).targetKeyId(key));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
