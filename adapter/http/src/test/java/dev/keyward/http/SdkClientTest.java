package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.http.sigv4.Identities;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.KmsException;

/** An unmodified AWS SDK for Java against the running server. */
class SdkClientTest {
    private final RunningServer server;

    SdkClientTest() throws IOException {
        server = RunningServer.start(ServerSettings.loopback(0), SdkClientTest::answer);
    }

    private static WireAnswer answer(Caller caller, String operation, byte[] body) {
        return switch (operation) {
            case "ListKeys" ->
                new WireAnswer(200, "{\"Keys\":[{\"KeyId\":\"k\"}]}".getBytes(StandardCharsets.UTF_8), null);
            case "EnableKey" -> new WireAnswer(200, new byte[0], null);
            case "Encrypt" -> throw new KeywardException(ErrorCode.DISABLED, "arn is disabled.");
            default -> throw new KeywardException(ErrorCode.UNKNOWN_OPERATION);
        };
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void understandsAnswers() {
        try (KmsClient kms = client(AwsBasicCredentials.create(Identities.ACCESS_KEY_ID, Identities.SECRET))) {
            assertThat(kms.listKeys().keys())
                    .singleElement()
                    .satisfies(key -> assertThat(key.keyId()).isEqualTo("k"));
            assertThat(kms.enableKey(request -> request.keyId("k"))
                            .responseMetadata()
                            .requestId())
                    .hasSize(36);
        }
    }

    @Test
    void understandsRefusals() {
        try (KmsClient kms = client(AwsBasicCredentials.create(Identities.ACCESS_KEY_ID, Identities.SECRET))) {
            assertThatExceptionOfType(DisabledException.class)
                    .isThrownBy(() -> kms.encrypt(request -> request.keyId("k")))
                    .satisfies(refusal -> {
                        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("arn is disabled.");
                        assertThat(refusal.requestId()).hasSize(36);
                    });
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(kms::listAliases)
                    .satisfies(refusal ->
                            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"));
        }
    }

    @Test
    void understandsThatItMayNotSign() {
        refuses(AwsBasicCredentials.create(Identities.ACCESS_KEY_ID, "wrong"), "InvalidSignatureException");
        refuses(AwsBasicCredentials.create("UNKNOWN", Identities.SECRET), "UnrecognizedClientException");
        refuses(
                AwsSessionCredentials.create(Identities.ACCESS_KEY_ID, Identities.SECRET, "token"),
                "UnrecognizedClientException");
    }

    private void refuses(AwsCredentials credentials, String errorCode) {
        try (KmsClient kms = client(credentials)) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(kms::listKeys)
                    .satisfies(refusal ->
                            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(errorCode));
        }
    }

    private KmsClient client(AwsCredentials credentials) {
        return KmsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
