package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.WrappingAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.OriginType;

/** {@code keyward import-material}, against a running server. */
class ImportMaterialCommandTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningKeyward keyward;

    @SuppressWarnings("NullAway.Init")
    private static KmsClient kms;

    @BeforeAll
    static void serve() {
        keyward = RunningKeyward.start(RunningKeyward.freshHome(directory.resolve("home")));
        kms = keyward.client();
    }

    @AfterAll
    static void stop() {
        kms.close();
        keyward.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
    void whatIsImportedEncrypts(WrappingAlgorithm algorithm) throws IOException {
        KeyMetadata key = externalKey();

        CommandRun run = importing(
                key.keyId(), material(32), "--algorithm", algorithm.name(), "--wrapping-key-spec", "RSA_2048");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("imported into " + key.arn() + ": material [0-9a-f]{64}\n");
        SdkBytes ciphertext = kms.encrypt(request -> request.keyId(key.keyId()).plaintext(PLAINTEXT))
                .ciphertextBlob();
        assertThat(kms.decrypt(request -> request.ciphertextBlob(ciphertext)).plaintext())
                .isEqualTo(PLAINTEXT);
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"})
    void whatIsForOtherKindsOfKeyIsRefused(WrappingAlgorithm algorithm) throws IOException {
        assertRefused(
                importing(externalKey().keyId(), material(32), "--algorithm", algorithm.name()),
                "UnsupportedOperationException: WrappingAlgorithm " + algorithm);
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_224, 28",
        "HMAC_256, 32",
        "HMAC_384, 48",
        "HMAC_512, 64",
    })
    void anHmacKeyIsImportedFromItsBytes(String spec, int lengthBytes) throws IOException {
        KeyMetadata key = externalKey(spec, "GENERATE_VERIFY_MAC");

        CommandRun run = importing(key.keyId(), material(lengthBytes));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("imported into " + key.arn() + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048,      RSA, 2048,      DER, RSA_AES_KEY_WRAP_SHA_1",
        "RSA_2048,      RSA, 2048,      PEM, ",
        "ECC_NIST_P256, EC,  256,       PEM, ",
        "ECC_NIST_P256, EC,  256,       DER, RSAES_OAEP_SHA_256",
    })
    void aPrivateKeyIsImportedAsPkcs8(
            String spec, String algorithm, int lengthBits, String form, @Nullable String wrapping)
            throws IOException, GeneralSecurityException {
        KeyMetadata key = externalKey(spec, "SIGN_VERIFY");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(lengthBits);
        KeyPair pair = generator.generateKeyPair();
        byte[] der = pair.getPrivate().getEncoded();

        CommandRun run = importing(
                key.keyId(),
                file(form.equals("PEM") ? pem("PRIVATE KEY", der) : der),
                wrapping == null ? new String[0] : new String[] {"--algorithm", wrapping});

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("imported into " + key.arn() + "\n");
        assertThat(kms.getPublicKey(request -> request.keyId(key.keyId()))
                        .publicKey()
                        .asByteArray())
                .isEqualTo(pair.getPublic().getEncoded());
    }

    @Test
    void aPrivateKeyInAnotherFormIsNotSent() throws IOException {
        String key = externalKey("RSA_2048", "SIGN_VERIFY").keyId();
        String twice = new String(pem("PRIVATE KEY", new byte[100]), StandardCharsets.US_ASCII).repeat(2);

        assertThat(importing(key, file(pem("ENCRYPTED PRIVATE KEY", new byte[100])))
                        .err())
                .contains(" is PEM, but no unencrypted PKCS#8")
                .hasLineCount(1);
        assertThat(importing(key, file(pem("RSA PRIVATE KEY", new byte[100]))).err())
                .contains("openssl pkcs8 -topk8 -nocrypt")
                .hasLineCount(1);
        assertThat(importing(key, file(twice.getBytes(StandardCharsets.US_ASCII)))
                        .err())
                .contains(" has more in it than one private key")
                .hasLineCount(1);
    }

    @Test
    void theSameMaterialIsTheSameAndAnotherIsRefused() throws IOException {
        String key = externalKey().keyId();
        Path material = material(32);

        String first = importing(key, material).out();

        assertThat(importing(key, material).out()).isEqualTo(first).isNotEmpty();
        assertRefused(importing(key, material(32)), "IncorrectKeyMaterialException: ");
    }

    @Test
    void materialOfTheWrongLengthIsRefused() throws IOException {
        assertRefused(importing(externalKey().keyId(), material(31)), "InvalidCiphertextException: ");
    }

    @Test
    void aKeyThatIsNotThereIsRefused() throws IOException {
        assertRefused(importing("1234abcd-12ab-34cd-56ef-1234567890ab", material(32)), "NotFoundException: ");
    }

    @Test
    void aKeyThatTakesNoMaterialIsRefused() throws IOException {
        String key = kms.createKey().keyMetadata().keyId();

        assertRefused(importing(key, material(32)), "UnsupportedOperationException: ");
    }

    @Test
    void aTimeThatIsPastIsRefused() throws IOException {
        assertRefused(
                importing(externalKey().keyId(), material(32), "--valid-to", "2020-01-31T12:00:00Z"),
                "ValidationException: ");
    }

    @Test
    void aFileThatCannotBeMaterialIsNotSent() throws IOException {
        String key = externalKey().keyId();
        Path large = material(100_000);

        assertThat(importing(key, large).err())
                .startsWith("keyward import-material: file " + large + " is too long")
                .hasLineCount(1);
        assertThat(importing(key, material(0)).err())
                .contains(" is empty (--file)")
                .hasLineCount(1);
        assertThat(importing(key, directory).err())
                .contains(" cannot be read (--file)")
                .hasLineCount(1);
    }

    private static KeyMetadata externalKey(String spec, String usage) {
        return kms.createKey(request ->
                        request.origin(OriginType.EXTERNAL).keySpec(spec).keyUsage(usage))
                .keyMetadata();
    }

    private static byte[] pem(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyMetadata externalKey() {
        return kms.createKey(request -> request.origin(OriginType.EXTERNAL)).keyMetadata();
    }

    private static Path material(int lengthBytes) throws IOException {
        byte[] bytes = new byte[lengthBytes];
        new SecureRandom().nextBytes(bytes);
        return file(bytes);
    }

    private static Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(directory, "material", ""), bytes);
    }

    private static CommandRun importing(String key, Path material, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "import-material",
                "--key-id=" + key,
                "--file=" + material,
                "--endpoint-url=" + keyward.endpoint(),
                "--credentials=" + keyward.credentials()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertRefused(CommandRun run, String because) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("keyward import-material: refused by " + keyward.endpoint() + ": " + because)
                .hasLineCount(1);
    }
}
