package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail of a running service, looked into by commands in processes of their own. */
class AuditTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalKeyward keyward = LocalKeyward.start();
    private final KmsClient kms = keyward.kms();
    private final SampleKey.Maker keys = new SampleKey.Maker(kms, keyward.root().principalArn());

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        keyward.close();
    }

    @Test
    void everyOperationLeavesARecordWithoutSecretsAndTheTrailVerifies() throws IOException {
        SampleKey other = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        OperationsOnAKey operations = new OperationsOnAKey(kms, keyward.root().principalArn(), other);
        for (String operation : operations.names()) {
            Origin origin = operation.contains("Import") ? Origin.EXTERNAL : Origin.AWS_KMS;
            KeyState state = operation.startsWith("Cancel") ? KeyState.PENDING_DELETION : KeyState.ENABLED;
            operations.call(operation, keys.make(OperationsOnAKey.kind(operation), origin, state));
        }

        List<JsonNode> events =
                succeed("query", "--json").lines().map(JSON::readTree).toList();
        assertThat(events.stream().map(event -> event.get("eventName").stringValue()))
                .containsAll(operations.names());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("errorCode")).isNull();
            assertThat(event.get("eventVersion").stringValue()).isEqualTo("1.11");
        });
        // The service records a rotation as its own act beside the request for it.
        assertThat(events).filteredOn(AuditTest::isRequest).isNotEmpty().allSatisfy(event -> {
            assertThat(event.at("/userIdentity/arn").stringValue())
                    .isEqualTo(keyward.root().principalArn());
            assertThat(event.get("userAgent").stringValue()).startsWith("aws-sdk-java/2");
        });
        assertThat(trail())
                .doesNotContain("attack at dawn", base64("attack at dawn".getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(base64(other.ciphertext().asByteArray()), other.grantToken());
        assertThat(succeed("verify")).contains("are what was written");
    }

    @Test
    void aTrailOfSeveralStartsVerifiesAndOneFlippedByteIsFound() throws IOException {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        keyward.restart();
        kms.describeKey(request -> request.keyId(key.id()));
        assertThat(succeed("verify")).contains(" of 2 chains in 2 files are what was written");

        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            int flipped = bytes.length / 2;
            bytes[flipped] ^= 1;
            Files.write(file, bytes);
            JavaProcess.Outcome run = run("verify");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).startsWith("FAULT: " + file.getFileName() + " line ");
            bytes[flipped] ^= 1;
            Files.write(file, bytes);
        }
        assertThat(run("verify").exitCode()).isZero();
    }

    @Test
    void aRefusalIsFoundByKeyAndOperation() {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.DISABLED);
        assertThat(catching(() -> kms.encrypt(request -> request.keyId(key.id()).plaintext(SampleKey.PLAINTEXT))))
                .isInstanceOf(DisabledException.class);

        String table = succeed("query", "--key", key.id(), "--operation", "encrypt");

        assertThat(table.lines().skip(1).map(line -> line.split(" {2,}", -1)[2]))
                .containsExactly("ok", "DisabledException");
        assertThat(table).contains("key/" + key.id());
    }

    @Test
    void anAuditDirectoryThatIsNotThereIsNamed() {
        JavaProcess.Outcome run =
                run("verify", "--directory", directory.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("keyward audit verify: there is no directory " + directory.resolve("none")
                        + " with an audit trail");
    }

    private static boolean isRequest(JsonNode event) {
        return event.get("eventType").stringValue().equals("AwsApiCall");
    }

    private static Throwable catching(Runnable call) {
        return catchThrowable(call::run);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(keyward.home().resolve("audit"))) {
            return files.sorted().toList();
        }
    }

    private String trail() throws IOException {
        StringBuilder trail = new StringBuilder();
        for (Path file : files()) {
            trail.append(Files.readString(file));
        }
        return trail.toString();
    }

    private String succeed(String... arguments) {
        JavaProcess.Outcome run = run(arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.out();
    }

    /** A process of its own, since a token's library is opened once for a process. */
    private JavaProcess.Outcome run(String... arguments) {
        String[] audit = Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray(String[]::new);
        return JavaProcess.run(directory, keyward.environment(), "dev.keyward.cli.Main", audit);
    }
}
