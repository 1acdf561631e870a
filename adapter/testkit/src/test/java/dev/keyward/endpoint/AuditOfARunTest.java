package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.audit.TrailQuery;
import dev.keyward.audit.Verification;
import dev.keyward.boot.AuditInspection;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.LocalKeyward;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * The audit trail of a run in which everybody asked for something, and some were allowed, some refused, and some failed:
 * it has each request once, verifies, and no byte of it can be another without notice.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AuditOfARunTest {
    private static final int FLIPPED_BYTES = 50;

    /** An event of AWS's clients, not of the operator of the host. */
    private static final Pattern CLIENTS_EVENT = Pattern.compile("\"eventSource\":\"(kms|sts)[.]amazonaws[.]com\"");

    private final LocalKeyward keyward = LocalKeyward.start();
    private final RequestLog requests = new RequestLog();

    private Path directory;

    /** The run. Afterwards the service is down, and there is a copy of its trail. */
    @BeforeAll
    void runAndStop(@TempDir Path copy) throws IOException {
        directory = copy;
        try (Principals principals = new Principals(keyward, requests::of)) {
            for (String keyPolicy : KeyPolicies.NAMES) {
                SampleKey.Maker maker = new SampleKey.Maker(
                        principals.client("owner"),
                        principals.arn("grantee"),
                        KeyPolicies.named(keyPolicy),
                        Set.of(GrantOperation.DECRYPT, GrantOperation.ENCRYPT));
                SampleKey key = maker.make(Origin.AWS_KMS, KeyState.ENABLED);
                SampleKey disabled = maker.make(Origin.AWS_KMS, KeyState.DISABLED);
                principals.names().forEach(name -> askFor(principals.client(name), key, disabled));
            }
        }
        keyward.stop();
        for (Path file : files(AuditInspection.directory(keyward.home()))) {
            Files.copy(file, directory.resolve(file.getFileName()));
        }
    }

    @AfterAll
    void close() {
        keyward.close();
    }

    /** What some may and others may not, and what nobody can. */
    private static void askFor(KmsClient kms, SampleKey key, SampleKey disabled) {
        List<Runnable> calls = List.of(
                () -> kms.encrypt(request -> request.keyId(key.arn()).plaintext(SampleKey.PLAINTEXT)),
                () -> kms.decrypt(request -> request.ciphertextBlob(key.ciphertext())),
                () -> kms.describeKey(request -> request.keyId(key.arn())),
                () -> kms.updateKeyDescription(
                        request -> request.keyId(key.arn()).description("described")),
                () -> kms.listKeys(),
                () -> kms.encrypt(request -> request.keyId(disabled.arn()).plaintext(SampleKey.PLAINTEXT)),
                () -> kms.decrypt(request -> request.ciphertextBlob(SdkBytes.fromUtf8String("no ciphertext"))),
                () -> kms.generateRandom(request -> request.numberOfBytes(0)));
        for (Runnable call : calls) {
            try {
                call.run();
            } catch (KmsException refusal) {
                // The log has it.
            }
        }
    }

    @Test
    void everyRequestHasOneRecordThatSaysWhoAskedForWhatAndHowItEnded() {
        List<RequestLog.Entry> recorded = new ArrayList<>();
        AuditInspection.query(List.of(directory), new TrailQuery(null, null, null, null, null), found -> {
            if (CLIENTS_EVENT.matcher(found.line()).find()) {
                recorded.add(
                        new RequestLog.Entry(found.requestId(), found.principal(), found.operation(), found.outcome()));
            }
        });

        assertThat(recorded).containsExactlyInAnyOrderElementsOf(requests.entries());
        assertThat(recorded).extracting(RequestLog.Entry::operation).contains("AssumeRole");
        assertThat(recorded)
                .extracting(RequestLog.Entry::outcome)
                .contains(
                        RequestLog.OK,
                        "AccessDeniedException",
                        "DisabledException",
                        "InvalidCiphertextException",
                        "ValidationException");
    }

    /** A byte in each of as many stretches of the trail; the audit module's tests flip every byte of a shorter one. */
    @Test
    void theTrailVerifiesAndAFlippedByteAnywhereInItIsFoundWhereItIs() throws IOException {
        Verification sound = verify();
        assertThat(sound.fault()).isNull();
        assertThat(sound.records()).isGreaterThan(requests.entries().size());

        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = files(directory).getFirst();
        byte[] bytes = Files.readAllBytes(file);
        int stretch = bytes.length / FLIPPED_BYTES;
        for (int i = 0; i < FLIPPED_BYTES; i++) {
            int index = i * stretch + random.nextInt(stretch);
            flip(bytes, index);
            Files.write(file, bytes);
            assertThat(verify().fault())
                    .as("byte %d, seed %d", index, seed)
                    .isNotNull()
                    .extracting(fault -> fault.place() + " ", InstanceOfAssertFactories.STRING)
                    .startsWith("%s line %d ".formatted(file.getFileName(), line(bytes, index)));
            flip(bytes, index);
        }
        Files.write(file, bytes);
        assertThat(verify()).isEqualTo(sound);
    }

    /** In which line a byte is; the end of a line belongs to it. */
    private static int line(byte[] bytes, int index) {
        String before = new String(bytes, 0, index, StandardCharsets.US_ASCII);
        return 1 + (int) before.chars().filter(character -> character == '\n').count();
    }

    private static void flip(byte[] bytes, int index) {
        bytes[index] ^= (byte) (1 << (index % 8));
    }

    private Verification verify() {
        KeywardConfiguration configuration = KeywardConfiguration.load(Map.of(), keyward.environment(), null);
        return AuditInspection.verify(configuration, List.of(directory), false);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
