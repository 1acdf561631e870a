package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.WrappingAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static KeyMetadata externalKey() {
        return kms.createKey(request -> request.origin(OriginType.EXTERNAL)).keyMetadata();
    }

    private static Path material(int lengthBytes) throws IOException {
        byte[] bytes = new byte[lengthBytes];
        new SecureRandom().nextBytes(bytes);
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
