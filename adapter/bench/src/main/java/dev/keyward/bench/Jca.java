package dev.keyward.bench;

import dev.keyward.boot.EmbeddedKeyward;
import dev.keyward.boot.RootIdentity;
import dev.keyward.contract.AccountId;
import dev.keyward.jca.KeywardProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Map;
import javax.crypto.Cipher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * Keys of Keyward as a program uses them that knows {@code java.security} alone: through KeywardProvider, over Keyward in the same
 * process. Every use is authorized and recorded; compared with SunPKCS11, which does neither.
 */
public class Jca {
    private static final byte[] DATA_KEY = new byte[32];

    /** Keyward in this process, the provider over it, and what each thread needs. */
    @State(Scope.Benchmark)
    public static class Keys {
        private final FreshHome home = new FreshHome();
        private final EmbeddedKeyward keyward =
                EmbeddedKeyward.open(home.configuration(), root(), Map.of(), InstantSource.system());
        private final KmsClient kms = keyward.kmsClient(keyward.rootArn());
        private final KeywardProvider provider = new KeywardProvider(kms);
        private final Key symmetric = key(KeySpec.SYMMETRIC_DEFAULT, KeyUsageType.ENCRYPT_DECRYPT);
        private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(this::cipher);
        private final ThreadLocal<Signature> rsa = signatures("SHA256withRSA", KeySpec.RSA_2048);
        private final ThreadLocal<Signature> ecdsa = signatures("SHA256withECDSA", KeySpec.ECC_NIST_P256);

        private static RootIdentity root() {
            return new RootIdentity(
                    RunningKeyward.ACCESS_KEY_ID,
                    RunningKeyward.SECRET.getBytes(StandardCharsets.UTF_8),
                    new AccountId("111122223333"),
                    false);
        }

        private Key key(KeySpec spec, KeyUsageType usage) {
            try {
                String id = kms.createKey(request -> request.keySpec(spec).keyUsage(usage))
                        .keyMetadata()
                        .keyId();
                KeyStore keys = KeyStore.getInstance("Keyward", provider);
                keys.load(null);
                return keys.getKey(id, null);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Cipher cipher() {
            try {
                return Cipher.getInstance("KMS", provider);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private ThreadLocal<Signature> signatures(String algorithm, KeySpec spec) {
            PrivateKey key = (PrivateKey) key(spec, KeyUsageType.SIGN_VERIFY);
            return ThreadLocal.withInitial(() -> JcaSignature.signing(provider, algorithm, key));
        }

        /** Removes the home. */
        @TearDown
        public void close() {
            keyward.close();
            home.close();
        }
    }

    @Benchmark
    @Row(
            title = "Cipher KMS of 32 bytes, in process",
            threads = {1, 2},
            against = @Against(type = SunPkcs11.class, method = "encrypt", called = "SunPKCS11", atLeast = 2))
    public byte[] encrypt(Keys state) throws GeneralSecurityException {
        Cipher cipher = state.ciphers.get();
        cipher.init(Cipher.ENCRYPT_MODE, state.symmetric);
        return cipher.doFinal(DATA_KEY);
    }

    @Benchmark
    @Row(
            title = "SHA256withRSA by a key of spec RSA_2048, in process",
            threads = {1, 2},
            against = @Against(type = SunPkcs11.class, method = "signRsa", called = "SunPKCS11", atLeast = 0.95))
    public byte[] signRsa(Keys state) throws GeneralSecurityException {
        return JcaSignature.of(state.rsa.get(), DATA_KEY);
    }

    @Benchmark
    @Row(
            title = "SHA256withECDSA by a key of spec ECC_NIST_P256, in process",
            threads = {1, 2},
            against = @Against(type = SunPkcs11.class, method = "signEcdsa", called = "SunPKCS11", atLeast = 0.95))
    public byte[] signEcdsa(Keys state) throws GeneralSecurityException {
        return JcaSignature.of(state.ecdsa.get(), DATA_KEY);
    }
}
