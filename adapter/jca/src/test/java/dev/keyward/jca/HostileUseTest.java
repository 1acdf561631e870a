package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What programs do that they should not, or do not expect. */
@ExtendWith(KeywardExtension.class)
class HostileUseTest {
    private static final int THREADS = 16;
    private static final int MEGABYTE = 1 << 20;

    private final LocalKeyward keyward;
    private final KmsClient kms;
    private final KeywardProvider provider;

    HostileUseTest(LocalKeyward keyward, KmsClient kms, @TempDir Path directory) {
        this.keyward = keyward;
        this.kms = kms;
        provider = new KeywardProvider(kms, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void privateKeysShowNothing(String algorithm) throws Exception {
        KeyPair pair = generate(algorithm);

        assertThat(pair.getPrivate().getEncoded()).isNull();
        assertThat(pair.getPrivate().getFormat()).isNull();
        assertThatThrownBy(() -> serialize(pair.getPrivate())).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> serialize(pair)).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> serialize(provider)).isInstanceOf(NotSerializableException.class);
    }

    private static void serialize(Object object) throws Exception {
        try (ObjectOutputStream stream = new ObjectOutputStream(new ByteArrayOutputStream())) {
            stream.writeObject(object);
        }
    }

    @Test
    void nothingIsMadeOfNothing() throws Exception {
        AlgorithmParameterSpec none = null;
        SecretKey secret = KeyGenerator.getInstance("KMS", provider).generateKey();

        assertThatThrownBy(() -> KeyPairGenerator.getInstance("EC", provider).initialize(none))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> KeyGenerator.getInstance("KMS", provider).init(none))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> Signature.getInstance("RSASSA-PSS", provider).setParameter(none))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(
                        () -> Signature.getInstance("SHA256withRSA", provider).initSign(null))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> Mac.getInstance("HmacSHA256", provider).init(null))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> Mac.getInstance("HmacSHA256", provider).init(secret))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> KeyAgreement.getInstance("ECDH", provider).init(null))
                .isInstanceOf(InvalidKeyException.class);
        Cipher cipher = Cipher.getInstance("KMS", provider);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, (SecretKey) null))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.doFinal(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> Signature.getInstance("SHA256withRSA", provider).sign())
                .isInstanceOf(SignatureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "alias/", "arn:aws:kms", "arn:", "alias/aws/", "\u0000", "a/../b", "\uD83D\uDD11"})
    void namesThatNoKeyCanHaveAreNotThere(String name) throws Exception {
        KeyStore keys = keys();

        for (String each : new String[] {name, "x".repeat(3000) + name}) {
            assertThat(keys.containsAlias(each)).isFalse();
            assertThat(keys.getKey(each, null)).isNull();
            assertThat(keys.getCertificate(each)).isNull();
        }
    }

    @Test
    void inputWithoutEndIsNotKept() throws Exception {
        Cipher cipher = Cipher.getInstance("KMS", provider);
        cipher.init(
                Cipher.ENCRYPT_MODE, KeyGenerator.getInstance("KMS", provider).generateKey());
        for (int i = 0; i < 4096; i++) {
            cipher.update(new byte[MEGABYTE]);
        }

        assertThatThrownBy(cipher::doFinal)
                .isInstanceOf(IllegalBlockSizeException.class)
                .hasMessageContaining("4096");
        assertThat(cipher.doFinal(new byte[1])).isNotEmpty();
    }

    @Test
    void aSignatureForEachThreadIsEnough() throws Exception {
        KeyPair pair = generate("EC");
        List<String> messages = new ArrayList<>();
        List<Callable<byte[]>> signings = new ArrayList<>();
        for (int i = 0; i < THREADS * 4; i++) {
            String message = "message " + i;
            messages.add(message);
            signings.add(() -> {
                Signature signature = Signature.getInstance("SHA256withECDSA", provider);
                signature.initSign(pair.getPrivate());
                signature.update(bytes(message));
                return signature.sign();
            });
        }

        List<byte[]> signatures = atOnce(signings);

        for (int i = 0; i < messages.size(); i++) {
            Signature verification = Signature.getInstance("SHA256withECDSA");
            verification.initVerify(pair.getPublic());
            verification.update(bytes(messages.get(i)));
            assertThat(verification.verify(signatures.get(i))).isTrue();
        }
    }

    @Test
    void threadsThatComeAtOnceSeeOneCertificate() throws Exception {
        String arn = ((KmsKey) generate("EC").getPrivate()).arn();
        List<Callable<Certificate>> lookups = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            lookups.add(() -> keys().getCertificate(arn));
        }

        assertThat(atOnce(lookups)).containsOnly(keys().getCertificate(arn));
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void aKeyThatIsDeletedMeanwhileSignsNoMore() throws Exception {
        KeyPair pair = generate("EC");
        String arn = ((KmsKey) pair.getPrivate()).arn();
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(pair.getPrivate());

        kms.scheduleKeyDeletion(request -> request.keyId(arn).pendingWindowInDays(7));
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasCauseInstanceOf(KmsInvalidStateException.class);
        assertThatThrownBy(() -> keys().getKey(arn, null)).isInstanceOf(UnrecoverableKeyException.class);

        keyward.advance(Duration.ofDays(8));
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasCauseInstanceOf(NotFoundException.class);
        assertThat(keys().getKey(arn, null)).isNull();
    }

    @Test
    void aKeyManagerIsGivenTheKeysThatItNeeds() throws Exception {
        String good = ((KmsKey) generate("EC").getPrivate()).arn();
        String disabled = ((KmsKey) generate("EC").getPrivate()).arn();
        kms.disableKey(request -> request.keyId(disabled));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        KeyStore keys = keys();

        keys.load(KmsLoadStoreParameter.listing(good, disabled));
        assertThatThrownBy(() -> managers.init(keys, null)).isInstanceOf(UnrecoverableKeyException.class);

        keys.load(KmsLoadStoreParameter.listing(good));
        managers.init(keys, null);
        assertThat(managers.getKeyManagers()).hasSize(1);
    }

    @Test
    void aProviderThatIsClosedInTheMidstOfAMessageUsesNoKey() throws Exception {
        KeywardProvider closing = new KeywardProvider(kms);
        SecretKey secret = KeyGenerator.getInstance("HmacSHA256", closing).generateKey();
        Mac mac = Mac.getInstance("HmacSHA256", closing);
        mac.init(secret);
        mac.update((byte) 1);

        closing.close();

        assertThatThrownBy(mac::doFinal).isInstanceOf(ProviderException.class).hasMessageContaining("closed");
    }

    private KeyPair generate(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("Keyward", provider);
        keys.load(null);
        return keys;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
