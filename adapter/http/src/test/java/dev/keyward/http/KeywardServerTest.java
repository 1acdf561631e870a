package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.http.sigv4.Identities;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class KeywardServerTest {
    private static final byte[] OUTPUT = "{\"Keys\":[]}".getBytes(StandardCharsets.UTF_8);

    private final AtomicReference<Caller> lastCaller = new AtomicReference<>();

    private WireAnswer answer(Caller caller, String operation, byte[] body) {
        lastCaller.set(caller);
        return switch (operation) {
            case "ListKeys" -> new WireAnswer(200, OUTPUT, null);
            case "EnableKey" -> new WireAnswer(200, new byte[0], null);
            case "Disabled" -> throw new KeywardException(ErrorCode.DISABLED, "it is disabled.");
            default -> throw new IllegalStateException("secret detail");
        };
    }

    @Test
    void answersASignedRequestWithAwsHeaders() throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            RawConnection.Answer answer = connection.exchange(RawConnection.signer());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"Keys\":[]}");
            assertThat(answer.headers())
                    .containsEntry("Content-Type", "application/x-amz-json-1.1")
                    .containsEntry("Content-Length", "11")
                    .containsKey("Date")
                    .doesNotContainKey("Server")
                    .doesNotContainKey("x-amzn-ErrorType");
            String requestId = Objects.requireNonNull(answer.headers().get("x-amzn-RequestId"));
            assertThat(UUID.fromString(requestId).toString()).isEqualTo(requestId);
            assertThat(lastCaller.get())
                    .isEqualTo(new Caller(
                            new Scope(Identities.ACCOUNT, new Region("us-east-1")),
                            Identities.PRINCIPAL,
                            Identities.ACCESS_KEY_ID,
                            "127.0.0.1",
                            "",
                            requestId,
                            false));
        }
    }

    @Test
    void answersAnOperationWithoutOutputWithAnEmptyBody() throws IOException {
        RawConnection.Answer answer = exchange("EnableKey");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Length", "0");
    }

    @Test
    void answersARefusalWithItsCode() throws IOException {
        RawConnection.Answer answer = exchange("Disabled");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"__type\":\"DisabledException\",\"message\":\"it is disabled.\"}");
        assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "DisabledException");
    }

    @Test
    void tellsAndLogsNothingSecretOfAFailure() throws IOException {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(RequestHandler.class);
        appender.start();
        logger.addAppender(appender);
        try {
            RawConnection.Answer answer = exchange("AnythingElse");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"__type\":\"KMSInternalException\"}");
            assertThat(appender.list).hasSize(1);
            assertThat(appender.list.getFirst().getFormattedMessage())
                    .contains(Objects.requireNonNull(answer.headers().get("x-amzn-RequestId")))
                    .contains("java.lang.IllegalStateException", "KeywardServerTest")
                    .doesNotContain("secret detail");
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void countsAQueryOfNobody() throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\na=b");

            assertThat(connection.readPresent().body()).isEqualTo("<who>nobody</who>");
            assertThat(server.rejections(Rejection.UNAUTHENTICATED)).isEqualTo(1);
        }
    }

    @Test
    void refusesAWrongSignatureAndCountsIt() throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            RawConnection.Answer answer =
                    connection.exchange(RawConnection.signer().accessKey(Identities.ACCESS_KEY_ID, "wrong"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"__type\":\"InvalidSignatureException\",\"message\":\"The request");
            assertThat(server.rejections(Rejection.UNAUTHENTICATED)).isEqualTo(1);
            assertThat(lastCaller.get()).isNull();
            // the connection goes on
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    @Test
    void verifiesHeadersInTheSpellingTheyCameIn() throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            RawConnection.Answer answer = connection.exchange(RawConnection.signer()
                    .header("accept-encoding", "GZIP, Deflate")
                    .header("connection", "Keep-Alive")
                    .header("host", "LocalHost:80"));

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void letsNoMoreConnectionsInThanConfigured() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).withBounds(8, 2, 1024);
        try (RunningServer server = RunningServer.start(settings, this::answer);
                RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            first.exchange(RawConnection.signer());
            second.exchange(RawConnection.signer());
            try (RawConnection third = server.connect()) {
                third.send(RawConnection.signed(RawConnection.signer()));
                assertThat(third.isSilent()).isTrue();

                first.hangUp();
                assertThat(third.readPresent().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void finishesRequestsUnderWayWhenItStops() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Endpoint waiting = (caller, operation, body) -> {
            entered.countDown();
            await(release);
            return new WireAnswer(200, OUTPUT, null);
        };
        RunningServer server = RunningServer.start(ServerSettings.loopback(0), waiting);
        int port = server.port();
        try (RawConnection connection = server.connect()) {
            connection.send(RawConnection.signed(RawConnection.signer()));
            await(entered);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            while (accepts(port)) {
                Thread.onSpinWait();
            }
            // longer than a stop bears a silent connection
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> stopped.get(1500, TimeUnit.MILLISECONDS));

            release.countDown();
            assertThat(connection.readPresent().status()).isEqualTo(200);
            stopped.get(20, TimeUnit.SECONDS);
        }
        server.close(); // a second time does no harm
    }

    @Test
    void doesNotWaitForIdleConnectionsWhenItStops() throws Exception {
        RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
        try (RawConnection connection = server.connect()) {
            connection.exchange(RawConnection.signer());

            CompletableFuture.runAsync(server::close).get(20, TimeUnit.SECONDS); // the stop timeout is 30 s

            assertThat(connection.read()).isNull();
        }
    }

    @Test
    void stopsInTheEndThoughARequestDoesNotFinish() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Endpoint endless = (caller, operation, body) -> {
            entered.countDown();
            await(new CountDownLatch(1));
            return new WireAnswer(200, OUTPUT, null);
        };
        ServerSettings settings = ServerSettings.loopback(0)
                .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(300));
        RunningServer server = RunningServer.start(settings, endless);
        try (RawConnection connection = server.connect()) {
            connection.send(RawConnection.signed(RawConnection.signer()));
            await(entered);

            CompletableFuture.runAsync(server::close).get(20, TimeUnit.SECONDS);

            assertThat(accepts(server.port())).isFalse();
        }
    }

    @Test
    void saysWhenThePortIsTaken() throws IOException {
        try (RunningServer first = RunningServer.start(ServerSettings.loopback(0), this::answer)) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> RunningServer.start(ServerSettings.loopback(first.port()), this::answer));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesPlainHttpBeyondLoopback(String host) {
        ServerSettings settings = ServerSettings.loopback(0).on(host, null, false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunningServer.start(settings, this::answer))
                .withMessageContaining("configure TLS");
    }

    @Test
    void servesPlainHttpBeyondLoopbackWhenToldTo() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).on("0.0.0.0", null, true);
        try (RunningServer server = RunningServer.start(settings, this::answer);
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    private RawConnection.Answer exchange(String operation) throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            return connection.exchange(RawConnection.signer().header("x-amz-target", "TrentService." + operation));
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException | IllegalArgumentException refused) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
