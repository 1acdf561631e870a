package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

/** A server process beyond loopback: by TLS, or when it is told that plain HTTP will do. */
class TlsServeTest {
    @TempDir
    private Path directory;

    @Test
    void servesWithTheConfiguredCertificate() throws Exception {
        Path home = RunningKeyward.freshHome(directory.resolve("home"));
        SelfSignedCertificate certificate = SelfSignedCertificate.make(directory, "EC");
        Path password = Files.writeString(directory.resolve("password"), SelfSignedCertificate.PASSWORD + "\n");
        Map<String, String> tls = Map.of(
                "KEYWARD_LISTEN_ADDRESS", "0.0.0.0",
                "KEYWARD_TLS_KEYSTORE", certificate.file().toString(),
                "KEYWARD_TLS_KEYSTORE_PASSWORD_FILE", password.toString());

        try (RunningKeyward keyward = RunningKeyward.start(home, tls)) {
            assertThat(keyward.endpoint()).hasScheme("https");
            TrustManager[] trust = trusting(certificate);
            try (KmsClient kms = keyward.client(() -> trust)) {
                assertThat(kms.listKeys().keys()).isEmpty();
            }
            CommandRun end = keyward.stop();
            assertThat(end.exitCode()).isZero();
            assertThat(end.out() + end.err()).doesNotContain(SelfSignedCertificate.PASSWORD);
        }
    }

    @Test
    void refusesPlainHttpBeyondLoopbackUnlessTold() {
        Map<String, String> beyond = Map.of(
                "KEYWARD_LISTEN_ADDRESS", "0.0.0.0",
                "KEYWARD_TOKEN_PROFILE", "softhsm2",
                "KEYWARD_TOKEN_LABEL", "keyward",
                "KEYWARD_TOKEN_PIN_FILE", "pin");

        CommandRun refused = CommandRun.in(beyond, "serve", "--home", directory.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("keyward serve: listen.address (environment variable KEYWARD_LISTEN_ADDRESS): plain HTTP"
                        + " beyond loopback needs tls.certificate and tls.key, or listen.allowInsecureHttp: true\n");
    }

    private static TrustManager[] trusting(SelfSignedCertificate certificate) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificate.trustStore());
        return factory.getTrustManagers();
    }
}
