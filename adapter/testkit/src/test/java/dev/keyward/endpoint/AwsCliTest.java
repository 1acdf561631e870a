package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.token.Wrapping;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The AWS command line, as anybody has it installed: it only gets another endpoint and other credentials. */
@ExtendWith(KeywardExtension.class)
class AwsCliTest {
    private static final long LONGEST_SECONDS = 120;

    private final LocalKeyward keyward;

    @TempDir
    private Path directory;

    AwsCliTest(LocalKeyward keyward) {
        this.keyward = keyward;
    }

    @Test
    void aKeyIsMadeUsedDisabledAndScheduledForDeletion() throws IOException {
        Path plaintext = Files.writeString(directory.resolve("plaintext"), "attack at dawn");
        String key = succeed("create-key", "--description", "mine", "--query", "KeyMetadata.KeyId", "--output", "text");
        succeed("create-alias", "--alias-name", "alias/mine", "--target-key-id", key);

        Path ciphertext = decoded(
                "ciphertext",
                succeed(
                        "encrypt",
                        "--key-id",
                        "alias/mine",
                        "--plaintext",
                        "fileb://" + plaintext,
                        "--encryption-context",
                        "purpose=test",
                        "--query",
                        "CiphertextBlob",
                        "--output",
                        "text"));
        Path decrypted = decoded("decrypted", decrypt(ciphertext, "purpose=test"));
        assertThat(decrypted).hasSameBinaryContentAs(plaintext);
        assertThat(run(decryptArguments(ciphertext, "purpose=other")).err()).contains("InvalidCiphertextException");

        succeed("disable-key", "--key-id", key);
        assertThat(run(decryptArguments(ciphertext, "purpose=test")))
                .satisfies(refused -> assertThat(refused.exitCode()).isNotZero())
                .satisfies(refused -> assertThat(refused.err())
                        .contains("DisabledException", "arn:aws:kms:us-east-1:", "is disabled"));

        succeed("schedule-key-deletion", "--key-id", key, "--pending-window-in-days", "7");
        assertThat(succeed("describe-key", "--key-id", key, "--query", "KeyMetadata.KeyState", "--output", "text"))
                .isEqualTo("PendingDeletion");
    }

    @Test
    void keyMaterialIsImported() throws IOException {
        String key = succeed("create-key", "--origin", "EXTERNAL", "--query", "KeyMetadata.KeyId", "--output", "text");
        String parameters = succeed(
                "get-parameters-for-import",
                "--key-id",
                key,
                "--wrapping-algorithm",
                "RSAES_OAEP_SHA_256",
                "--wrapping-key-spec",
                "RSA_2048",
                "--query",
                "[PublicKey,ImportToken]",
                "--output",
                "text");
        List<String> both = List.of(parameters.split("\\s+", 2));
        byte[] wrapped = Wrapping.wrap(
                WrappingAlgorithm.RSAES_OAEP_SHA_256, Base64.getDecoder().decode(both.getFirst()), new byte[32]);

        succeed(
                "import-key-material",
                "--key-id",
                key,
                "--encrypted-key-material",
                "fileb://" + Files.write(directory.resolve("wrapped"), wrapped),
                "--import-token",
                "fileb://" + decoded("import-token", both.getLast()),
                "--expiration-model",
                "KEY_MATERIAL_DOES_NOT_EXPIRE");

        assertThat(succeed("describe-key", "--key-id", key, "--query", "KeyMetadata.KeyState", "--output", "text"))
                .isEqualTo("Enabled");
    }

    @Test
    void pagesAreFollowed() {
        for (int i = 0; i < 3; i++) {
            succeed("create-key");
        }

        String ids = succeed("list-keys", "--page-size", "1", "--query", "Keys[].KeyId", "--output", "text");

        assertThat(ids.split("\\s+")).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    private String decrypt(Path ciphertext, String context) {
        return succeed(decryptArguments(ciphertext, context));
    }

    private static String[] decryptArguments(Path ciphertext, String context) {
        return new String[] {
            "decrypt",
            "--ciphertext-blob",
            "fileb://" + ciphertext,
            "--encryption-context",
            context,
            "--query",
            "Plaintext",
            "--output",
            "text"
        };
    }

    private Path decoded(String name, String base64) throws IOException {
        return Files.write(directory.resolve(name), Base64.getDecoder().decode(base64));
    }

    /** How the command ended and what it said. */
    private record Run(int exitCode, String out, String err) {}

    private String succeed(String... arguments) {
        Run run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().strip();
    }

    private Run run(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", keyward.endpoint().toString(), "kms"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("AWS_ACCESS_KEY_ID", keyward.root().accessKeyId());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", keyward.root().secretAccessKey());
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_CONFIG_FILE", directory.resolve("none").toString());
        builder.environment().put("AWS_PAGER", "");
        try {
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + LONGEST_SECONDS + " s: " + command);
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("the AWS CLI must be installed: scripts/test does that", e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
