package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.Caller;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that send a byte now and then, or nothing, or read nothing. */
class SlowClientTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final ServerSettings SHORT_DEADLINE =
            ServerSettings.loopback(0).withTimes(SHORT, LONG, Duration.ofSeconds(20));

    private static WireAnswer answer(Caller caller, String operation, byte[] body) {
        return new WireAnswer(200, body, null);
    }

    @Test
    void closesOnSlowHeaders() throws IOException {
        try (RunningServer server = RunningServer.start(SHORT_DEADLINE, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nX-A: ");

            assertThat(connection.trickleUntilClosed("a")).isTrue();
            assertThat(server.rejections(Rejection.TOO_SLOW)).isEqualTo(1);
        }
    }

    @Test
    void closesOnASlowBody() throws IOException {
        try (RunningServer server = RunningServer.start(SHORT_DEADLINE, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            connection.send(head(1000));

            assertThat(connection.trickleUntilClosed("a")).isTrue();
            assertThat(server.rejections(Rejection.TOO_SLOW)).isEqualTo(1);
        }
    }

    @Test
    void closesOnSlowChunks() throws IOException {
        try (RunningServer server = RunningServer.start(SHORT_DEADLINE, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            connection.send(head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked"));

            assertThat(connection.trickleUntilClosed("1\r\na\r\n")).isTrue();
        }
    }

    @Test
    void closesOnSilence() throws IOException {
        try (RunningServer server = RunningServer.start(SHORT_DEADLINE, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            assertThat(connection.read()).isNull();
            assertThat(server.rejections(Rejection.TOO_SLOW)).isEqualTo(1);
        }
    }

    @Test
    void closesOnASlowSecondRequest() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).withTimes(SHORT, SHORT, Duration.ofSeconds(20));
        try (RunningServer server = RunningServer.start(settings, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);

            assertThat(connection.trickleUntilClosed("P")).isTrue();
        }
    }

    @Test
    void closesAnIdleConnection() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).withTimes(LONG, SHORT, Duration.ofSeconds(20));
        try (RunningServer server = RunningServer.start(settings, SlowClientTest::answer);
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);

            assertThat(connection.read()).isNull();
        }
    }

    @Test
    void bearsAnEndpointThatTakesLongerThanEveryTimeout() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).withTimes(SHORT, SHORT, Duration.ofSeconds(20));
        Endpoint slow = (caller, operation, body) -> {
            passTime(SHORT.multipliedBy(4));
            return new WireAnswer(200, body, null);
        };
        try (RunningServer server = RunningServer.start(settings, slow);
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
            assertThat(server.rejections(Rejection.TOO_SLOW)).isZero();
        }
    }

    @Test
    void servesOthersWhileManySendSlowly() throws IOException {
        ServerSettings settings = ServerSettings.loopback(0).withBounds(8, 1000, 1024 * 1024);
        try (RunningServer server = RunningServer.start(settings, SlowClientTest::answer)) {
            List<RawConnection> slow = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RawConnection connection = server.connect();
                slow.add(connection);
                connection.send(head(1000) + "a");
            }
            try (RawConnection connection = server.connect()) {
                assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
            } finally {
                for (RawConnection connection : slow) {
                    connection.hangUp();
                }
            }
        }
    }

    /** A good request up to its body, which is said to have that length. */
    private static String head(int lengthBytes) {
        return RawConnection.signed(RawConnection.signer())
                .replace("\r\n\r\n{}", "\r\n\r\n")
                .replace("Content-Length: 2", "Content-Length: " + lengthBytes);
    }

    /** Here the passing of time is the very thing that is tested: no event stands for it. */
    private static void passTime(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
