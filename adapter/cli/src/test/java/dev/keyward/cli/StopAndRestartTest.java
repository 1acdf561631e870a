package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.kms.KmsClient;

/** What outlives a server process. */
class StopAndRestartTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");

    @TempDir
    private Path directory;

    private Path home = Path.of("");

    @BeforeEach
    void makeAToken() {
        home = RunningKeyward.freshHome(directory.resolve("home"));
    }

    @Test
    void aRequestUnderWayIsAnsweredBeforeTheProcessEnds() throws Exception {
        try (RunningKeyward keyward = RunningKeyward.start(home)) {
            byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
            // The client sends the body when the server has taken the request in and says 100: then comes the signal.
            HttpRequest.BodyPublisher signalThenBody = BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> {
                        keyward.process().terminate();
                        return new ByteArrayInputStream(body);
                    }),
                    body.length);

            HttpResponse<String> answer;
            try (HttpClient client = HttpClient.newHttpClient()) {
                answer = client.send(
                        signedListKeys(keyward, body)
                                .expectContinue(true)
                                .POST(signalThenBody)
                                .build(),
                        BodyHandlers.ofString());
            }

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"Keys\":[]");
            CommandRun end = keyward.process().end();
            assertThat(end.exitCode()).isZero();
            assertThat(end.err()).isEmpty();
        }
    }

    private static HttpRequest.Builder signedListKeys(RunningKeyward keyward, byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(keyward.endpoint())
                .encodedPath("/")
                .putHeader("X-Amz-Target", "TrentService.ListKeys")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(keyward.credentialsProvider().resolveCredentials())
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(keyward.endpoint().resolve("/")).version(HttpClient.Version.HTTP_1_1);
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) { // the client sets it itself, to the same
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder;
    }

    @Test
    void keysAreFoundAgainEvenWhereTheHomeWasMovedTo() throws IOException {
        String key;
        SdkBytes ciphertext;
        try (RunningKeyward keyward = RunningKeyward.start(home);
                KmsClient kms = keyward.client()) {
            key = kms.createKey().keyMetadata().keyId();
            ciphertext = encrypt(kms, key);
            assertThat(keyward.stop().exitCode()).isZero();
        }
        Path moved = Files.move(home, directory.resolve("another place"));

        try (RunningKeyward keyward = RunningKeyward.start(moved);
                KmsClient kms = keyward.client()) {
            assertThat(kms.decrypt(request -> request.ciphertextBlob(ciphertext)))
                    .satisfies(answer -> assertThat(answer.plaintext()).isEqualTo(PLAINTEXT))
                    .satisfies(answer -> assertThat(answer.keyId()).endsWith(key));
            encrypt(kms, key);
        }
        assertThat(home).doesNotExist();
    }

    @Test
    void theRootIdentityChangesOnlyOnRequest() throws IOException {
        String key;
        try (RunningKeyward keyward = RunningKeyward.start(home);
                KmsClient kms = keyward.client()) {
            key = kms.createKey().keyMetadata().keyId();
            assertThat(keyward.stop().exitCode()).isZero();
        }
        String credentials = Files.readString(home.resolve("credentials"));
        String secret = "a secret of 40 characters".replace(' ', '-') + "0123456789abcde";
        Map<String, String> other =
                Map.of("KEYWARD_ROOT_ACCESS_KEY_ID", "AKIAANOTHERACCESSKEY", "KEYWARD_ROOT_SECRET_ACCESS_KEY", secret);

        CommandRun refused = KeywardProcess.run(other, "serve", "--home", home.toString(), "--port", "0");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith("keyward serve: KEYWARD_ROOT_ACCESS_KEY_ID is not that of the root identity of this home")
                .contains("--replace-root")
                .doesNotContain(secret)
                .hasLineCount(1);
        assertThat(home.resolve("credentials")).hasContent(credentials);

        try (RunningKeyward keyward = RunningKeyward.start(home, other, "--replace-root");
                KmsClient kms = keyward.client()) {
            assertThat(keyward.credentialsProvider().resolveCredentials().accessKeyId())
                    .isEqualTo("AKIAANOTHERACCESSKEY");
            encrypt(kms, key);
            assertThat(keyward.stop().out()).contains("AKIAANOTHERACCESSKEY").doesNotContain(secret);
        }
    }

    private static SdkBytes encrypt(KmsClient kms, String key) {
        return kms.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT)).ciphertextBlob();
    }
}
