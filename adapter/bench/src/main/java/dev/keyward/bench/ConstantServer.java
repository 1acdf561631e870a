package dev.keyward.bench;

import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.http.BoundedJetty;
import dev.keyward.http.ServerSettings;
import java.net.URI;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Keyward's Jetty with a handler that reads the whole request, looks at nothing and gives one answer. Thread-safe. */
final class ConstantServer implements AutoCloseable {
    private final ServerConnector connector;

    ConstantServer(KeywardConfiguration.Limits limits, byte[] answer) {
        connector = BoundedJetty.connector(ServerSettings.loopback(0)
                .withBounds(limits.threads(), limits.connections(), limits.bodyBytes())
                .withTimes(limits.readDeadline(), limits.idleTimeout(), limits.stopTimeout()));
        connector.getServer().setHandler(new ConstantHandler(answer));
        try {
            connector.getServer().start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            connector.getServer().stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    private static final class ConstantHandler extends Handler.Abstract {
        private final byte[] answer;

        ConstantHandler(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Content.Source.asByteBuffer(request);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
            response.write(true, ByteBuffer.wrap(answer), callback);
            return true;
        }
    }
}
