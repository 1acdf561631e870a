package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final String PASSWORD = "password of a test";
    private static final Endpoint ECHO = (caller, operation, body) -> new WireAnswer(200, body, null);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesFromPkcs12(String protocol) throws Exception {
        KeyStore store = makeKeyStore("EC");
        try (RunningServer server = RunningServer.start(with(pkcs12()), ECHO);
                RawConnection connection = connect(server, store, protocol)) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void servesFromPem(String algorithm) throws Exception {
        KeyStore store = makeKeyStore(algorithm);
        try (RunningServer server = RunningServer.start(with(pem(store)), ECHO);
                RawConnection connection = connect(server, store, "TLSv1.3")) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesOldProtocolsAndPlainHttp() throws Exception {
        KeyStore store = makeKeyStore("EC");
        try (RunningServer server = RunningServer.start(with(pkcs12()), ECHO);
                RawConnection plain = server.connect();
                SSLSocket old = socket(server, store)) {
            plain.send(RawConnection.signed(RawConnection.signer()));
            assertThat(plain.read()).isNull();

            old.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(old::startHandshake);
        }
    }

    @Test
    void closesOnAHandshakeThatNeverComes() throws Exception {
        makeKeyStore("EC");
        ServerSettings settings =
                with(pkcs12()).withTimes(Duration.ofMillis(400), Duration.ofMinutes(10), Duration.ofSeconds(20));
        try (RunningServer server = RunningServer.start(settings, ECHO);
                RawConnection silent = server.connect()) {
            assertThat(silent.read()).isNull();
        }
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        KeyStore store = makeKeyStore("EC");
        TlsSettings.Pem pem = pem(store);
        Path missing = directory.resolve("missing");

        refuses(new TlsSettings.Pkcs12(missing, PASSWORD::toCharArray), "missing");
        refuses(new TlsSettings.Pkcs12(directory.resolve("server.p12"), "wrong"::toCharArray), "server.p12");
        refuses(new TlsSettings.Pem(missing, pem.privateKey()), "missing");
        refuses(new TlsSettings.Pem(pem.certificates(), missing), "missing");
        refuses(new TlsSettings.Pem(pem.certificates(), pem.certificates()), "openssl pkcs8 -topk8 -nocrypt");
    }

    private void refuses(TlsSettings tls, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunningServer.start(with(tls), ECHO))
                .withMessageContaining(message);
    }

    private static ServerSettings with(TlsSettings tls) {
        return ServerSettings.loopback(0).on("127.0.0.1", tls, false);
    }

    private TlsSettings pkcs12() {
        return new TlsSettings.Pkcs12(directory.resolve("server.p12"), PASSWORD::toCharArray);
    }

    private TlsSettings.Pem pem(KeyStore store) throws IOException, GeneralSecurityException {
        Key key = store.getKey("server", PASSWORD.toCharArray());
        Path certificates = directory.resolve("certificates.pem");
        Path privateKey = directory.resolve("key.pem");
        Files.writeString(
                certificates, pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
        Files.writeString(privateKey, pem("PRIVATE KEY", key.getEncoded()));
        return new TlsSettings.Pem(certificates, privateKey);
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + type
                + "-----\n";
    }

    /** A fresh self-signed certificate, made by the JDK's keytool. */
    private KeyStore makeKeyStore(String algorithm) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> "keytool of this JDK").isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static RawConnection connect(RunningServer server, KeyStore store, String protocol)
            throws IOException, GeneralSecurityException {
        SSLSocket socket = socket(server, store);
        socket.setEnabledProtocols(new String[] {protocol});
        return new RawConnection(socket);
    }

    private static SSLSocket socket(RunningServer server, KeyStore store) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        return (SSLSocket) socket;
    }
}
