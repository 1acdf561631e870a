package dev.keyward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The JDK's own PKCS#11 provider, as an application without Keyward would use it: a key of the token, its public API. */
public class SunPkcs11 {
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] ASSOCIATED_DATA = new byte[32];
    private static final byte[] DATA_KEY = new byte[32];

    /** The provider, logged in to a token of its own, in which what it generates stays. */
    @State(Scope.Benchmark)
    public static class OpenToken {
        private final FreshHome home = new FreshHome();
        final Provider provider = logIn(provider(SoftHsm.prepare(home)));

        private Provider provider(Path library) {
            try {
                Path file = home.directory().resolve("sunpkcs11.cfg");
                Files.writeString(file, """
                        name = Bench
                        library = %s
                        slotListIndex = 0
                        attributes(generate, CKO_SECRET_KEY, *) = {
                            CKA_TOKEN = true
                        }
                        attributes(generate, CKO_PRIVATE_KEY, *) = {
                            CKA_TOKEN = true
                            CKA_SIGN = true
                        }
                        """.formatted(library));
                return Security.getProvider("SunPKCS11").configure(file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Provider logIn(Provider provider) {
            try {
                KeyStore.getInstance("PKCS11", provider)
                        .load(null, new String(home.pin(), StandardCharsets.US_ASCII).toCharArray());
                return provider;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Removes the token. */
        @TearDown
        public void close() {
            home.close();
        }
    }

    /** A key of the token, and a cipher for each thread. */
    @State(Scope.Benchmark)
    public static class Key extends OpenToken {
        private final SecretKey key = generate();
        private final SecureRandom random = new SecureRandom();
        private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(this::cipher);

        private SecretKey generate() {
            try {
                KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
                generator.init(256);
                return generator.generateKey();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private Cipher cipher() {
            try {
                return Cipher.getInstance("AES/GCM/NoPadding", provider);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Two private keys of the token, and a signature of each kind for each thread. */
    @State(Scope.Benchmark)
    public static class SigningKeys extends OpenToken {
        private final ThreadLocal<Signature> rsa =
                signatures("SHA256withRSA", pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)));
        private final ThreadLocal<Signature> ecdsa =
                signatures("SHA256withECDSA", pair("EC", new ECGenParameterSpec("secp256r1")));

        private PrivateKey pair(String algorithm, AlgorithmParameterSpec parameters) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
                generator.initialize(parameters);
                return generator.generateKeyPair().getPrivate();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private ThreadLocal<Signature> signatures(String algorithm, PrivateKey key) {
            return ThreadLocal.withInitial(() -> JcaSignature.signing(provider, algorithm, key));
        }
    }

    @Benchmark
    @Row(
            title = "AES-256-GCM of 32 bytes, the JDK's SunPKCS11, token key",
            threads = {1, 2})
    public byte[] encrypt(Key state) throws GeneralSecurityException {
        byte[] iv = new byte[IV_BYTES];
        state.random.nextBytes(iv);
        Cipher cipher = state.ciphers.get();
        cipher.init(Cipher.ENCRYPT_MODE, state.key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(ASSOCIATED_DATA);
        return cipher.doFinal(DATA_KEY);
    }

    @Benchmark
    @Row(
            title = "SHA256withRSA by a key of 2048 bits, the JDK's SunPKCS11, token key",
            threads = {1, 2})
    public byte[] signRsa(SigningKeys state) throws GeneralSecurityException {
        return JcaSignature.of(state.rsa.get(), DATA_KEY);
    }

    @Benchmark
    @Row(
            title = "SHA256withECDSA by a key on P-256, the JDK's SunPKCS11, token key",
            threads = {1, 2})
    public byte[] signEcdsa(SigningKeys state) throws GeneralSecurityException {
        return JcaSignature.of(state.ecdsa.get(), DATA_KEY);
    }
}
