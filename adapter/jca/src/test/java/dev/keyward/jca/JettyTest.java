package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.http.BoundedJetty;
import dev.keyward.http.ServerSettings;
import dev.keyward.http.TlsSettings;
import dev.keyward.testkit.KeywardExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** Jetty, as Keyward sets it up for itself, with a TLS key in the token. */
@ExtendWith(KeywardExtension.class)
class JettyTest {
    private final KeywardProvider provider;

    JettyTest(KmsClient kms, @TempDir Path directory) {
        provider = new KeywardProvider(kms, directory);
    }

    @BeforeEach
    void register() {
        Security.addProvider(provider);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "ECC_NIST_P256"})
    void servesHttps(KeySpec keySpec) throws Exception {
        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(KmsLoadStoreParameter.listing("tls-" + keySpec));
        X509Certificate certificate = create(keySpec, keys, "tls-" + keySpec);
        ServerConnector connector =
                BoundedJetty.connector(ServerSettings.loopback(0).on("127.0.0.1", new TlsSettings.Loaded(keys), false));
        connector.getServer().setHandler(new Greeting());
        connector.getServer().start();

        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(certificate))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + connector.getLocalPort() + "/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(response.sslSession().orElseThrow().getPeerCertificates())
                    .containsExactly(certificate);
        } finally {
            connector.getServer().stop();
        }
    }

    private static final class Greeting extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "hello", callback);
            return true;
        }
    }

    /** A key pair under a name, with a certificate for loopback. */
    private X509Certificate create(KeySpec keySpec, KeyStore keys, String name) throws Exception {
        boolean isRsa = keySpec == KeySpec.RSA_2048;
        KeyPairGenerator generator = KeyPairGenerator.getInstance(isRsa ? "RSA" : "EC", provider);
        generator.initialize(KmsKeyGenParameterSpec.of(keySpec));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = IssuedCertificate.ofLoopback(pair, isRsa ? "SHA256withRSA" : "SHA256withECDSA");
        keys.setKeyEntry(name, pair.getPrivate(), null, new X509Certificate[] {certificate});
        return certificate;
    }

    private static SSLContext trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
