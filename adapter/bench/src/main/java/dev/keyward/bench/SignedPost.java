package dev.keyward.bench;

import dev.keyward.http.sigv4.SignedRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A request to AWS KMS as the AWS SDK signs it now, which is accepted for five minutes. Immutable; the arrays are the
 * record's own.
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record SignedPost(List<SignedRequest.Header> headers, byte[] body) {
    /** Signs one. */
    static SignedPost sign(
            URI endpoint, String accessKeyId, String secret, String region, String operation, byte[] body) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", String.valueOf(body.length))
                .putHeader("X-Amz-Target", "TrentService." + operation)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(accessKeyId, secret))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        List<SignedRequest.Header> headers = signed.headers().entrySet().stream()
                .flatMap(header ->
                        header.getValue().stream().map(value -> new SignedRequest.Header(header.getKey(), value)))
                .toList();
        return new SignedPost(headers, body);
    }

    /** As it is verified. */
    SignedRequest request() {
        return new SignedRequest("POST", "/", null, headers, body);
    }

    /** As it is sent. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        for (SignedRequest.Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
