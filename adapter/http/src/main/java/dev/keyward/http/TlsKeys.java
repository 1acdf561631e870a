package dev.keyward.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads {@link TlsSettings} into what Jetty needs. */
final class TlsKeys {
    private static final String ALIAS = "server";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private TlsKeys() {}

    /**
     * TLS 1.2 and 1.3 with that certificate.
     *
     * @throws IllegalArgumentException naming the file, if it cannot be read or holds something else
     */
    static SslContextFactory.Server contextFactory(TlsSettings settings) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        switch (settings) {
            case TlsSettings.Pkcs12 pkcs12 -> usePkcs12(factory, pkcs12);
            case TlsSettings.Pem pem -> usePem(factory, pem);
            case TlsSettings.Loaded loaded -> factory.setKeyStore(loaded.keys());
        }
        return factory;
    }

    private static void usePkcs12(SslContextFactory.Server factory, TlsSettings.Pkcs12 pkcs12) {
        char[] password = pkcs12.password().get();
        try (InputStream in = Files.newInputStream(pkcs12.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            factory.setKeyStore(store);
            factory.setKeyStorePassword(new String(password)); // Jetty takes passwords as strings only
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read the PKCS#12 file " + pkcs12.file(), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void usePem(SslContextFactory.Server factory, TlsSettings.Pem pem) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random); // of a key store that exists in memory only
        Certificate[] chain = certificates(pem.certificates());
        PrivateKey key = privateKey(pem.privateKey());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password.toCharArray(), chain);
            factory.setKeyStore(store);
            factory.setKeyStorePassword(password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot use " + pem.certificates() + " with " + pem.privateKey(), e);
        }
    }

    private static Certificate[] certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException(file + " has no certificate");
            }
            return chain.toArray(Certificate[]::new);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read certificates from " + file, e);
        }
    }

    private static PrivateKey privateKey(Path file) {
        byte[] encoded = pkcs8(file);
        try {
            return KEY_ALGORITHMS.stream()
                    .flatMap(algorithm -> privateKey(algorithm, encoded).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            file + " has a private key that is none of " + KEY_ALGORITHMS));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Empty if the key is of another algorithm. */
    private static Optional<PrivateKey> privateKey(String algorithm, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm, e);
        }
    }

    private static byte[] pkcs8(Path file) {
        try {
            Matcher matcher = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!matcher.find()) {
                throw new IllegalArgumentException(file + " has no unencrypted PKCS#8 key (BEGIN PRIVATE KEY);"
                        + " convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW_KEY");
            }
            return Base64.getMimeDecoder().decode(matcher.group(1));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the private key in " + file, e);
        }
    }
}
