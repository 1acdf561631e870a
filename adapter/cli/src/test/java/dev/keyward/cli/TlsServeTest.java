package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

/** A server process beyond loopback: by TLS, or when it is told that plain HTTP will do. */
class TlsServeTest {
    private static final String PASSWORD = "password of a test";

    @TempDir
    private Path directory;

    @Test
    void servesWithTheConfiguredCertificate() throws Exception {
        Path home = RunningKeyward.freshHome(directory.resolve("home"));
        Path keystore = makeKeyStore();
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Map<String, String> tls = Map.of(
                "KEYWARD_LISTEN_ADDRESS", "0.0.0.0",
                "KEYWARD_TLS_KEYSTORE", keystore.toString(),
                "KEYWARD_TLS_KEYSTORE_PASSWORD_FILE", password.toString());

        try (RunningKeyward keyward = RunningKeyward.start(home, tls)) {
            assertThat(keyward.endpoint()).hasScheme("https");
            TrustManager[] trust = trusting(keystore);
            try (KmsClient kms = keyward.client(() -> trust)) {
                assertThat(kms.listKeys().keys()).isEmpty();
            }
            CommandRun end = keyward.stop();
            assertThat(end.exitCode()).isZero();
            assertThat(end.out() + end.err()).doesNotContain(PASSWORD);
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

    private Path makeKeyStore() throws Exception {
        Path keystore = directory.resolve("keyward.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=keyward",
                        "-ext",
                        "SAN=IP:0.0.0.0,IP:127.0.0.1")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keystore;
    }

    private static TrustManager[] trusting(Path keystore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keystore)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        trusted.load(null, null);
        trusted.setCertificateEntry("keyward", keys.getCertificate("mykey"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
