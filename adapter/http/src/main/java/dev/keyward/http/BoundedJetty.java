package dev.keyward.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty as Keyward sets it up, before there is a handler: threads, connections, strictness. What it costs without Keyward
 * is measured against this. Stateless.
 */
public final class BoundedJetty {
    private static final int MAXIMUM_HEADER_BYTES = 16 * 1024;
    /** How long a stop bears a silent connection. A request that is being worked on is not silence. */
    private static final Duration SHUTDOWN_IDLE = Duration.ofMillis(500);

    private BoundedJetty() {}

    /**
     * A new server's only connector.
     *
     * @throws IllegalArgumentException if the settings name a certificate or key that cannot be used
     */
    public static ServerConnector connector(ServerSettings settings) {
        Server server = new Server(threadPool(settings));
        ServerConnector connector = new ServerConnector(server, connectionFactories(settings));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.maximumConnections(), connector));
        return connector;
    }

    private static QueuedThreadPool threadPool(ServerSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads());
        threads.setName("keyward-http");
        return threads;
    }

    private static ConnectionFactory[] connectionFactories(ServerSettings settings) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        if (settings.tls() == null) {
            return new ConnectionFactory[] {http};
        }
        return new ConnectionFactory[] {
            new SslConnectionFactory(TlsKeys.contextFactory(settings.tls()), HttpVersion.HTTP_1_1.asString()), http
        };
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        configuration.setUriCompliance(UriCompliance.DEFAULT);
        configuration.setRequestHeaderSize(MAXIMUM_HEADER_BYTES);
        configuration.setHeaderCacheCaseSensitive(true); // a signed value must come through as it was written
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        return configuration;
    }
}
