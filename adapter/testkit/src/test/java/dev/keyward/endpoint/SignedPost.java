package dev.keyward.endpoint;

import dev.keyward.testkit.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Posts any bytes to any operation, rightly signed: what a caller with credentials can send. Thread-safe. */
final class SignedPost {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final URI endpoint;
    private final AwsCredentialsIdentity credentials;

    SignedPost(URI endpoint, Identity identity) {
        this.endpoint = endpoint;
        this.credentials = AwsCredentialsIdentity.create(identity.accessKeyId(), identity.secretAccessKey());
    }

    /** The answer, which must be there in time. */
    HttpResponse<String> send(String operation, byte[] body) throws IOException, InterruptedException {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .uri(endpoint)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "TrentService." + operation)
                .build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(LONGEST).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signer.sign(signing -> signing.identity(credentials)
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request()
                .forEachHeader((name, values) -> {
                    boolean setByTheClient = name.equalsIgnoreCase("Host");
                    if (!setByTheClient) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
