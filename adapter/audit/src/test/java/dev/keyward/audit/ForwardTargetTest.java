package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.keyward.conformance.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways of forwarding, to servers of this test. */
class ForwardTargetTest {
    private static final List<byte[]> LINES = List.of(bytes("{\"a\":1}"), bytes("{\"b\":2}"));

    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "https://logs.example.com/audit,   true",
        "http://127.0.0.1:8080/audit,      true",
        "http://localhost/audit,           true",
        "http://logs.example.com/audit,    false",
        "syslog+tls://logs.example.com,    true",
        "syslog+tls://logs.example.com:1,  true",
        "syslog+tls://logs.example.com/a,  false",
        "syslog://logs.example.com,        false",
        "https:/nowhere,                   false",
    })
    void onlySafeWaysArePossible(String url, boolean possible) {
        assertThat(ForwardSettings.isPossible(URI.create(url))).isEqualTo(possible);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "301, false", "400, false", "503, false"})
    void linesArePostedAndTheAnswerSaysWhetherTheyWereTaken(int status, boolean taken) throws IOException {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/audit", exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/audit");
        try (ForwardTarget target = new ForwardSettings(url, "Bearer secret", null).target()) {
            if (taken) {
                target.send(LINES);
            } else {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.send(LINES));
            }
        } finally {
            server.stop(0);
        }

        assertThat(bodies).containsExactly("Bearer secret {\"a\":1}\n{\"b\":2}\n");
    }

    @Test
    void nobodyThereIsAFailure() {
        try (ForwardTarget target = new ForwardSettings(URI.create("http://127.0.0.1:1/audit"), null, null).target()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.send(LINES));
        }
    }

    @Test
    void linesAreSentToSyslogOverTls() throws Exception {
        SelfSignedCertificate server = SelfSignedCertificate.make(directory, "EC");
        Path trusted = Files.writeString(directory.resolve("trusted.pem"), server.certificatePem());
        try (SSLServerSocket socket = listen(server);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<String> received = threads.submit(() -> readAll(socket));
            URI url = URI.create("syslog+tls://localhost:" + socket.getLocalPort());
            try (ForwardTarget target = new ForwardSettings(url, null, trusted).target()) {
                target.send(LINES);
            }

            assertThat(received.get())
                    .isEqualTo("36 <110>1 - - keyward - audit - {\"a\":1}36 <110>1 - - keyward - audit - {\"b\":2}");
        }
    }

    @Test
    void aCollectorThatIsNotTrustedGetsNothing() throws Exception {
        try (SSLServerSocket socket = listen(SelfSignedCertificate.make(directory, "EC"));
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<String> received = threads.submit(() -> readAll(socket));
            URI url = URI.create("syslog+tls://localhost:" + socket.getLocalPort());
            try (ForwardTarget target = new ForwardSettings(url, null, null).target()) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> target.send(LINES));
            }

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(received::get)
                    .withCauseInstanceOf(IOException.class);
        }
    }

    private static SSLServerSocket listen(SelfSignedCertificate server) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server.keyStore(), SelfSignedCertificate.PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String readAll(SSLServerSocket socket) throws IOException {
        try (SSLSocket connection = (SSLSocket) socket.accept();
                InputStream input = connection.getInputStream()) {
            return new String(input.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
