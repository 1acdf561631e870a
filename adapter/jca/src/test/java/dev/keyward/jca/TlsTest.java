package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** A TLS 1.3 server and a client, each of which proves who it is by a key in the token. */
@ExtendWith(KeywardExtension.class)
class TlsTest {
    private static final byte[] GREETING = "hello".getBytes(StandardCharsets.UTF_8);

    private final KmsClient kms;

    @TempDir
    private Path directory;

    TlsTest(KmsClient kms) {
        this.kms = kms;
    }

    @BeforeEach
    void register() {
        Security.addProvider(new KeywardProvider(kms, directory));
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384"})
    void bothSidesProveWhoTheyAre(KeySpec keySpec) throws GeneralSecurityException, IOException {
        String serverKey = create(keySpec);
        String clientKey = create(keySpec);
        KeyStore serverKeys = keysListing(serverKey);
        KeyStore clientKeys = keysListing(clientKey);
        Certificate server = serverKeys.getCertificate(serverKey);
        Certificate client = clientKeys.getCertificate(clientKey);

        try (SSLServerSocket listening = (SSLServerSocket) context(serverKeys, client)
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Certificate> seenByServer =
                    CompletableFuture.supplyAsync(() -> serve(listening), threads);
            try (SSLSocket socket = (SSLSocket) context(clientKeys, server)
                    .getSocketFactory()
                    .createSocket(listening.getInetAddress(), listening.getLocalPort())) {
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(GREETING);
                SSLSession session = socket.getSession();
                assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
                assertThat(session.getPeerCertificates()).containsExactly(server);
            }
            assertThat(seenByServer.join()).isEqualTo(client);
        }
    }

    /** Greets who comes, and tells by what certificate he came. */
    private static Certificate serve(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.getOutputStream().write(GREETING);
            return socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore keysListing(String name) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("Keyward");
        keys.load(KmsLoadStoreParameter.listing(name));
        return keys;
    }

    /** One that has the keys of a key store, and trusts one certificate. */
    private static SSLContext context(KeyStore keys, Certificate trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(keys, null);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null);
        trust.setCertificateEntry("peer", trusted);
        TrustManagerFactory theirs = TrustManagerFactory.getInstance("PKIX");
        theirs.init(trust);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
        return context;
    }

    private String create(KeySpec keySpec) {
        return kms.createKey(request -> request.keySpec(keySpec).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
    }
}
