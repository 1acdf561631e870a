package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.keyward.testkit.LocalKeyward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A collector gets what the trail gets, and whoever asks does not wait for it. */
class AuditForwardingTest {
    private static final long LONGEST_SECONDS = 60;

    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

    @Test
    void recordsArriveAtACollectorThatWasDownAtFirst() throws Exception {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/audit";
        try (LocalKeyward keyward = LocalKeyward.builder()
                .setting("KEYWARD_AUDIT_FORWARD_URL", url)
                .setting("KEYWARD_AUDIT_FORWARD_AUTHORIZATION_ENVIRONMENT", "TEST_COLLECTOR")
                .setting("TEST_COLLECTOR", "Bearer collector")
                .start()) {
            String key = keyward.kms().createKey().keyMetadata().keyId();
            collector.createContext("/audit", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
                        .isEqualTo("Bearer collector");
                body.lines().forEach(taken::add);
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            collector.start();

            assertThat(taken.poll(LONGEST_SECONDS, TimeUnit.SECONDS)).contains("\"OpenAuditChain\"");
            assertThat(taken.poll(LONGEST_SECONDS, TimeUnit.SECONDS)).contains("\"CreateKey\"", key);
        } finally {
            collector.stop(0);
        }
    }
}
