package dev.keyward.http;

import dev.keyward.contract.Region;
import dev.keyward.http.sigv4.Identities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;

/** A server on a port of its own, with the access key of {@link Identities}. */
final class RunningServer implements AutoCloseable {
    private final KeywardServer server;

    private RunningServer(KeywardServer server) {
        this.server = server;
    }

    static RunningServer start(ServerSettings settings, Endpoint endpoint) throws IOException {
        KeywardServer server = new KeywardServer(
                settings,
                endpoint,
                new RefusingQueryEndpoint(),
                Identities.withExample(),
                Set.of(new Region("us-east-1")),
                Clock.systemUTC());
        server.start();
        return new RunningServer(server);
    }

    KeywardServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    long rejections(Rejection rejection) {
        return server.rejections().count(rejection);
    }

    /** A connection that waits at most 20 s for an answer, so that a hanging server fails a test. */
    RawConnection connect() throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port()));
    }

    @Override
    public void close() {
        server.close();
    }
}
