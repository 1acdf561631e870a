package dev.keyward.jca.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.keyward.jca.KeywardProvider;
import dev.keyward.jca.KmsKeyGenParameterSpec;
import dev.keyward.jca.KmsLoadStoreParameter;
import dev.keyward.jca.KmsParameterSpec;
import dev.keyward.jca.KmsPrivateKey;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import net.jsign.AuthenticodeSigner;
import net.jsign.Signable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** The examples of the README's page about Java, word by word, compiled and run. */
@ExtendWith(KeywardExtension.class)
class ReadmeTest {
    private static final Path SOURCE = Path.of("src/test/java/dev/keyward/jca/embedded/ReadmeTest.java");
    private static final byte[] MESSAGE = "attack at dawn".getBytes(StandardCharsets.UTF_8);

    private final LocalKeyward keyward;
    private final KmsClient kms;

    @TempDir
    private Path directory;

    ReadmeTest(LocalKeyward keyward, KmsClient kms) {
        this.keyward = keyward;
        this.kms = kms;
    }

    @BeforeEach
    void register() {
        Path certificates = directory.resolve("certificates");
        Security.addProvider(new KeywardProvider(kms, certificates));
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    @Test
    void everyExampleInJavaIsOneOfThese() throws Exception {
        String examples = Readme.unindented(Files.readString(SOURCE));

        assertThat(Readme.javaBlocks())
                .hasSizeGreaterThan(6)
                .allSatisfy(block -> assertThat(examples).contains(Readme.unindented(block)));
    }

    @Test
    void aKeySigns() throws Exception {
        byte[] message = MESSAGE;
        create("payments", KeySpec.RSA_3072, KeyUsageType.SIGN_VERIFY);

        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(null);
        PrivateKey key = (PrivateKey) keys.getKey("payments", null); // alias/payments; also by key id or ARN
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key); // by the key, Java finds the provider
        signature.update(message);
        byte[] signed = signature.sign();

        Signature verification = Signature.getInstance("SHA256withRSA");
        verification.initVerify(keys.getCertificate("payments"));
        verification.update(message);
        assertThat(verification.verify(signed)).isTrue();
    }

    @Test
    void aKeyPairIsGenerated() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "Keyward");
        generator.initialize(KmsKeyGenParameterSpec.of(KeySpec.ECC_NIST_P384).withAlias("alias/issuer"));
        KeyPair pair = generator.generateKeyPair();

        assertThat(pair.getPrivate().getEncoded()).isNull();
        assertThat(kms.describeKey(request -> request.keyId("alias/issuer"))
                        .keyMetadata()
                        .keySpec())
                .isEqualTo(KeySpec.ECC_NIST_P384);
    }

    @Test
    void aKeyEncrypts() throws Exception {
        byte[] message = MESSAGE;
        create("payroll", KeySpec.SYMMETRIC_DEFAULT, KeyUsageType.ENCRYPT_DECRYPT);
        KeyStore keys = keys();

        Cipher cipher = Cipher.getInstance("KMS");
        KmsParameterSpec context = new KmsParameterSpec(Map.of("department", "payroll"));
        cipher.init(Cipher.ENCRYPT_MODE, keys.getKey("payroll", null), context);
        byte[] ciphertext = cipher.doFinal(message); // at most 4096 bytes

        cipher.init(Cipher.DECRYPT_MODE, keys.getKey("payroll", null), context);
        assertThat(cipher.doFinal(ciphertext)).isEqualTo(MESSAGE);
    }

    @Test
    void anRsaKeyDecrypts() throws Exception {
        create("inbox", KeySpec.RSA_2048, KeyUsageType.ENCRYPT_DECRYPT);
        PrivateKey key = (PrivateKey) keys().getKey("inbox", null);
        Cipher encryption = Cipher.getInstance("RSA/ECB/OAEPPadding");
        encryption.init(
                Cipher.ENCRYPT_MODE,
                ((KmsPrivateKey) key).publicKey(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        byte[] ciphertext = encryption.doFinal(MESSAGE);

        OAEPParameterSpec sha256 =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, sha256);
        byte[] message = cipher.doFinal(ciphertext);

        assertThat(message).isEqualTo(MESSAGE);
    }

    @Test
    void aServerHasItsTlsKeyInTheToken() throws Exception {
        create("tls", KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);

        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(KmsLoadStoreParameter.listing("tls")); // this key alone, whatever else is there
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, null);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);

        assertThat(context.createSSLEngine().getSupportedProtocols()).contains("TLSv1.3");
        assertThat(((X509ExtendedKeyManager) managers.getKeyManagers()[0]).getServerAliases("EC", null))
                .hasSize(1);
    }

    @Test
    void aTokenIsSigned() throws Exception {
        create("tokens", KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        KeyStore keys = keys();
        PrivateKey key = (PrivateKey) keys.getKey("tokens", null);
        JWTClaimsSet claims = new JWTClaimsSet.Builder().subject("alice").build();

        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
        token.sign(new ECDSASigner(key, Curve.P_256));

        ECPublicKey publicKey = (ECPublicKey) keys.getCertificate("tokens").getPublicKey();
        assertThat(token.verify(new ECDSAVerifier(publicKey))).isTrue();
    }

    @Test
    void aProgramIsSigned() throws Exception {
        create("code", KeySpec.RSA_3072, KeyUsageType.SIGN_VERIFY);
        KeyStore keys = keys();
        Path program = Files.writeString(directory.resolve("hello.ps1"), "Write-Output hello\r\n");

        try (Signable signable = Signable.of(program.toFile())) {
            new AuthenticodeSigner(keys, "code", null).withTimestamping(false).sign(signable);
        }

        assertThat(Files.readString(program)).contains("SIG # Begin signature block");
    }

    @Test
    void keywardIsInTheProcess() throws Exception {
        try (LocalKeyward stopped = LocalKeyward.start()) {
            Path file = stopped.writeConfiguration(directory.resolve("keyward.yaml"));
            String principal = stopped.root().principalArn();
            stopped.kms()
                    .createAlias(request -> request.aliasName("alias/payroll")
                            .targetKeyId(stopped.kms().createKey().keyMetadata().keyId()));
            stopped.stop();

            Provider provider = new KeywardProvider().configure(file + "?principal=" + principal);
            KeyStore keys = KeyStore.getInstance("Keyward", provider);
            keys.load(null);

            assertThat(keys.isKeyEntry("payroll")).isTrue();
            ((KeywardProvider) provider).close();
        }
    }

    @Test
    void theCommandLineIsThatOfTheJdk() throws Exception {
        create("listed", KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        JdkTool tools = JdkTool.overHttp(keyward, directory);
        String command = Readme.block("keytool ")
                .replace("https://keyward.example:4599", keyward.endpoint().toString())
                .replace(
                        "/var/lib/certificates",
                        directory.resolve("certificates").toString());

        assertThat(tools.shell(command)).containsPattern("listed, .*, PrivateKeyEntry,");
    }

    @Test
    void javaSecurityNamesTheNextProvider() throws Exception {
        Security.removeProvider(KeywardProvider.NAME);
        create("registered", KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        JdkTool tools = JdkTool.overHttp(keyward, directory);
        String line = Readme.block("security.provider.");

        assertThat(line).startsWith("security.provider." + (Security.getProviders().length + 1) + "=Keyward https://");
        assertThat(tools.withRegisteredKeys("keytool", "-list")).contains("registered, ");
    }

    private static KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(null);
        return keys;
    }

    private void create(String name, KeySpec keySpec, KeyUsageType usage) {
        String key = kms.createKey(request -> request.keySpec(keySpec).keyUsage(usage))
                .keyMetadata()
                .keyId();
        kms.createAlias(request -> request.aliasName("alias/" + name).targetKeyId(key));
    }
}
