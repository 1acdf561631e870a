package dev.keyward.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Posts records as lines of JSON. They have been taken once the answer's status is 2xx. Used by one thread. */
final class HttpTarget implements ForwardTarget {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final URI url;
    private final @Nullable String authorization;
    private final HttpClient client;

    /** @param authorization the value of the header of that name; null for none */
    HttpTarget(URI url, @Nullable String authorization, SSLContext tls) {
        this.url = url;
        this.authorization = authorization;
        client = HttpClient.newBuilder()
                .connectTimeout(LONGEST_WAIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .build();
    }

    @Override
    public void send(List<byte[]> lines) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(LONGEST_WAIT)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("it answered with status " + answer.statusCode());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
