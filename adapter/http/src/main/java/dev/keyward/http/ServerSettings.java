package dev.keyward.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and what it bears. Immutable and thread-safe.
 *
 * @param host the address or host name to listen on
 * @param port the port, 0 to 65535; 0 lets the system choose one
 * @param tls the server's certificate and key; null for plain HTTP
 * @param allowInsecure whether plain HTTP may be served beyond loopback
 * @param threads how many platform threads serve at most, at least 8
 * @param maximumConnections how many connections are open at most; further ones wait to be accepted
 * @param maximumBodyBytes the longest body that is taken
 * @param readDeadline how long a request may take to arrive, from the opening of its connection or the end of the
 *     keep-alive time, to its last byte; then the connection is closed
 * @param idleTimeout how long a connection may be silent
 * @param stopTimeout how long a stop waits for the requests under way
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable TlsSettings tls,
        boolean allowInsecure,
        int threads,
        int maximumConnections,
        int maximumBodyBytes,
        Duration readDeadline,
        Duration idleTimeout,
        Duration stopTimeout) {

    private static final int MAXIMUM_PORT = 65_535;
    private static final int MINIMUM_THREADS = 8;
    private static final int MAXIMUM_BODY_BYTES = 64 * 1024 * 1024;

    /** @throws IllegalArgumentException if a value is out of its range */
    public ServerSettings {
        require(!host.isBlank(), "the host is empty");
        require(port >= 0 && port <= MAXIMUM_PORT, "the port must be 0 to " + MAXIMUM_PORT + ": " + port);
        require(threads >= MINIMUM_THREADS, "at least " + MINIMUM_THREADS + " threads are needed: " + threads);
        require(maximumConnections > 0, "the number of connections must be positive: " + maximumConnections);
        require(
                maximumBodyBytes > 0 && maximumBodyBytes <= MAXIMUM_BODY_BYTES,
                "the longest body must be 1 to " + MAXIMUM_BODY_BYTES + " bytes: " + maximumBodyBytes);
        require(readDeadline.isPositive(), "the read deadline must be positive: " + readDeadline);
        require(idleTimeout.isPositive(), "the idle timeout must be positive: " + idleTimeout);
        require(stopTimeout.isPositive(), "the stop timeout must be positive: " + stopTimeout);
    }

    /** Plain HTTP on 127.0.0.1 with bounds that suit one machine. */
    public static ServerSettings loopback(int port) {
        return new ServerSettings(
                "127.0.0.1",
                port,
                null,
                false,
                64,
                1024,
                1024 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }

    /** The same with another host and certificate. */
    public ServerSettings on(String newHost, @Nullable TlsSettings newTls, boolean newAllowInsecure) {
        return new ServerSettings(
                newHost,
                port,
                newTls,
                newAllowInsecure,
                threads,
                maximumConnections,
                maximumBodyBytes,
                readDeadline,
                idleTimeout,
                stopTimeout);
    }

    /** The same with other bounds on numbers. */
    public ServerSettings withBounds(int newThreads, int newMaximumConnections, int newMaximumBodyBytes) {
        return new ServerSettings(
                host,
                port,
                tls,
                allowInsecure,
                newThreads,
                newMaximumConnections,
                newMaximumBodyBytes,
                readDeadline,
                idleTimeout,
                stopTimeout);
    }

    /** The same with other bounds on time. */
    public ServerSettings withTimes(Duration newReadDeadline, Duration newIdleTimeout, Duration newStopTimeout) {
        return new ServerSettings(
                host,
                port,
                tls,
                allowInsecure,
                threads,
                maximumConnections,
                maximumBodyBytes,
                newReadDeadline,
                newIdleTimeout,
                newStopTimeout);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
