package dev.keyward.http;

import dev.keyward.contract.Region;
import dev.keyward.http.sigv4.SecretKeys;
import dev.keyward.http.sigv4.SignatureV4Verifier;
import dev.keyward.http.sigv4.SignedService;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP endpoint: Jetty with bounds on everything that a stranger sends, signatures verified, answers as AWS KMS
 * gives them. HTTP/1.1, in TLS 1.2 or 1.3 where a certificate is configured. Requests are worked on by platform threads,
 * since a token call holds its thread. Thread-safe.
 */
public final class KeywardServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeywardServer.class);

    private final RejectionCounters counters = new RejectionCounters();
    private final Server server;
    private final ServerConnector connector;

    /**
     * A server that listens once it is started.
     *
     * @param settings how to listen and what to bear
     * @param endpoint what answers for AWS KMS
     * @param queryEndpoint what answers for AWS STS
     * @param secretKeys who may sign
     * @param regions the Regions served
     * @param clock what signatures are held against; clients sign by the time of day, so this is never a moved clock
     * @throws IllegalArgumentException if the settings ask for plain HTTP beyond loopback without allowing it, or name a
     *     certificate or key that cannot be used
     */
    public KeywardServer(
            ServerSettings settings,
            Endpoint endpoint,
            QueryEndpoint queryEndpoint,
            SecretKeys secretKeys,
            Set<Region> regions,
            InstantSource clock) {
        refusePlainHttpBeyondLoopback(settings);
        connector = BoundedJetty.connector(settings);
        server = connector.getServer();
        RequestDeadlines deadlines = new RequestDeadlines(connector.getScheduler(), settings, counters);
        connector.addBean(deadlines);
        server.setErrorHandler(new QuietErrorHandler(counters));
        server.setStopTimeout(settings.stopTimeout().toMillis());
        server.setHandler(new GracefulHandler(new RequestHandler(
                new RequestHandler.Service<>(endpoint, new SignatureV4Verifier(SignedService.KMS, secretKeys, regions)),
                new RequestHandler.Service<>(
                        queryEndpoint, new SignatureV4Verifier(SignedService.STS, secretKeys, regions)),
                clock,
                settings.maximumBodyBytes(),
                deadlines,
                counters)));
    }

    /**
     * Starts to listen. Once it returns, requests are answered.
     *
     * @throws IOException if the address cannot be listened on; a {@link BindException} if it is in use, or none of this
     *     machine
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw e.getCause() instanceof BindException taken ? taken : e;
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    /** The port that is listened on; -1 before the start and after the end. */
    public int port() {
        return connector.getLocalPort();
    }

    /** What was turned away unauthenticated. */
    public RejectionCounters rejections() {
        return counters;
    }

    /**
     * Stops: takes no more connections, lets the requests under way finish for at most the stop timeout, then closes
     * whatever is still open. May be called more than once.
     */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests were still under way when the stop timeout ended, and were cut off");
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", e);
        } finally {
            server.destroy();
        }
    }

    private static void refusePlainHttpBeyondLoopback(ServerSettings settings) {
        if (settings.tls() != null || settings.allowInsecure()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(settings.host())) {
                if (!address.isLoopbackAddress()) {
                    throw new IllegalArgumentException("plain HTTP on " + settings.host()
                            + " would carry plaintext over the network: configure TLS, or allow insecure HTTP");
                }
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the host to listen on is unknown: " + settings.host(), e);
        }
    }
}
