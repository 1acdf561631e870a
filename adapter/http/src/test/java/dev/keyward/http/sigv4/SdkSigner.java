package dev.keyward.http.sigv4;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The signer of the AWS SDK for Java: the oracle that our verifier is held against. */
final class SdkSigner {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private SdkSigner() {}

    /** Signs, and gives the request as it would be received. */
    static SignedRequest sign(
            Instant time,
            String encodedPath,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .protocol("https")
                .host("kms.us-east-1.amazonaws.com")
                .encodedPath(encodedPath)
                .putHeader("X-Amz-Target", "TrentService.Encrypt")
                .putHeader("Content-Type", "application/x-amz-json-1.1");
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = SIGNER.sign(sign -> sign.identity(
                                AwsCredentialsIdentity.create(Identities.ACCESS_KEY_ID, Identities.SECRET))
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request();
        List<SignedRequest.Header> lines = new ArrayList<>();
        signed.headers()
                .forEach((name, values) -> values.forEach(value -> lines.add(new SignedRequest.Header(name, value))));
        return new SignedRequest(
                "POST", signed.encodedPath(), signed.encodedQueryParameters().orElse(null), lines, body);
    }
}
