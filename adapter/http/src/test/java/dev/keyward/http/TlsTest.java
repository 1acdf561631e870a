package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyward.conformance.SelfSignedCertificate;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final Endpoint ECHO = (caller, operation, body) -> new WireAnswer(200, body, null);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesFromPkcs12(String protocol) throws Exception {
        SelfSignedCertificate certificate = makeCertificate("EC");
        try (RunningServer server = RunningServer.start(with(pkcs12()), ECHO);
                RawConnection connection = connect(server, certificate, protocol)) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void servesFromPem(String algorithm) throws Exception {
        SelfSignedCertificate certificate = makeCertificate(algorithm);
        try (RunningServer server = RunningServer.start(with(pem(certificate)), ECHO);
                RawConnection connection = connect(server, certificate, "TLSv1.3")) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesOldProtocolsAndPlainHttp() throws Exception {
        SelfSignedCertificate certificate = makeCertificate("EC");
        try (RunningServer server = RunningServer.start(with(pkcs12()), ECHO);
                RawConnection plain = server.connect();
                SSLSocket old = socket(server, certificate)) {
            plain.send(RawConnection.signed(RawConnection.signer()));
            assertThat(plain.read()).isNull();

            old.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(old::startHandshake);
        }
    }

    @Test
    void closesOnAHandshakeThatNeverComes() throws Exception {
        makeCertificate("EC");
        ServerSettings settings =
                with(pkcs12()).withTimes(Duration.ofMillis(400), Duration.ofMinutes(10), Duration.ofSeconds(20));
        try (RunningServer server = RunningServer.start(settings, ECHO);
                RawConnection silent = server.connect()) {
            assertThat(silent.read()).isNull();
        }
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        SelfSignedCertificate certificate = makeCertificate("EC");
        TlsSettings.Pem pem = pem(certificate);
        Path missing = directory.resolve("missing");

        refuses(new TlsSettings.Pkcs12(missing, SelfSignedCertificate.PASSWORD::toCharArray), "missing");
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
        return new TlsSettings.Pkcs12(directory.resolve("server.p12"), SelfSignedCertificate.PASSWORD::toCharArray);
    }

    private TlsSettings.Pem pem(SelfSignedCertificate certificate) throws IOException {
        return new TlsSettings.Pem(
                Files.writeString(directory.resolve("certificates.pem"), certificate.certificatePem()),
                Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPem()));
    }

    private SelfSignedCertificate makeCertificate(String algorithm) {
        return SelfSignedCertificate.make(directory, algorithm);
    }

    private static RawConnection connect(RunningServer server, SelfSignedCertificate certificate, String protocol)
            throws IOException, GeneralSecurityException {
        SSLSocket socket = socket(server, certificate);
        socket.setEnabledProtocols(new String[] {protocol});
        return new RawConnection(socket);
    }

    private static SSLSocket socket(RunningServer server, SelfSignedCertificate certificate)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificate.trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        return (SSLSocket) socket;
    }
}
