package dev.keyward.kms;

import dev.keyward.contract.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Carries the requests of AWS's client to a face without a network. */
final class FaceHttpClient implements SdkHttpClient {
    private static final String TARGET_PREFIX = "TrentService.";

    private final KmsFace face;
    private final Caller caller;

    FaceHttpClient(KmsFace face, Caller caller) {
        this.face = face;
        this.caller = caller;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        String target =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
        byte[] body = request.contentStreamProvider().map(FaceHttpClient::bytes).orElseGet(() -> new byte[0]);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return response(face.answer(caller, target.substring(TARGET_PREFIX.length()), body));
            }

            @Override
            public void abort() {}
        };
    }

    private static byte[] bytes(ContentStreamProvider content) {
        try (InputStream stream = content.newStream()) {
            return stream.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static HttpExecuteResponse response(WireAnswer answer) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.status())
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("Content-Length", String.valueOf(answer.body().length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }

    @Override
    public void close() {}
}
