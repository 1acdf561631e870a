package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
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
    private static final String PASSWORD = "password";

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
        KeyStore server = selfSigned();
        Path trusted = Files.writeString(
                directory.resolve("trusted.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(server.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
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
        try (SSLServerSocket socket = listen(selfSigned());
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

    private static SSLServerSocket listen(KeyStore server) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD.toCharArray());
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

    /** A fresh self-signed certificate for localhost, made by the JDK's keytool. */
    private KeyStore selfSigned() throws Exception {
        Path file = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> "keytool of this JDK").isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD.toCharArray());
        }
        return store;
    }
}
