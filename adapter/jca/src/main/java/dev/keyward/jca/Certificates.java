package dev.keyward.jca;

import java.nio.file.Path;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The certificates beside the keys, which AWS KMS does not keep: in a directory, or, without one, a self-signed certificate
 * of each key, in memory for as long as the provider lives. Thread-safe.
 */
final class Certificates {
    private final Map<String, List<X509Certificate>> selfSigned = new ConcurrentHashMap<>();
    private final @Nullable CertificateDirectory ofKeys;
    private final @Nullable CertificateDirectory trusted;

    /** @param directory where they are kept; null: in memory */
    Certificates(@Nullable Path directory) {
        ofKeys = directory == null ? null : new CertificateDirectory(directory.resolve("keys"));
        trusted = directory == null ? null : new CertificateDirectory(directory.resolve("trusted"));
    }

    /**
     * The chain of a key: the one that was given to it, or a self-signed certificate that is made now and kept.
     *
     * @throws ProviderException if the chain in the directory is another key's
     */
    List<X509Certificate> chain(KmsPrivateKey key, Instant created) {
        if (ofKeys == null) {
            return selfSigned.computeIfAbsent(key.arn(), arn -> List.of(SelfSignedCertificate.of(key, created)));
        }
        List<X509Certificate> kept = ofKeys.chain(key.arn());
        if (kept.isEmpty()) {
            kept = made(key, created, ofKeys);
        }
        if (!kept.getFirst().getPublicKey().equals(key.publicKey())) {
            throw new ProviderException("the directory of certificates has another key's chain for " + key);
        }
        return kept;
    }

    /** Of threads that come at once, one makes it. */
    private static List<X509Certificate> made(KmsPrivateKey key, Instant created, CertificateDirectory directory) {
        synchronized (directory) {
            List<X509Certificate> kept = directory.chain(key.arn());
            if (!kept.isEmpty()) {
                return kept;
            }
            List<X509Certificate> made = List.of(SelfSignedCertificate.of(key, created));
            directory.put(key.arn(), made);
            return made;
        }
    }

    /**
     * Gives a key another chain.
     *
     * @throws KeyStoreException if it is not that key's, or there is no directory
     */
    void putChain(KmsPrivateKey key, Certificate[] chain) throws KeyStoreException {
        List<X509Certificate> certificates = x509(chain);
        if (!certificates.getFirst().getPublicKey().equals(key.publicKey())) {
            throw new KeyStoreException("the certificate is of another key than " + key);
        }
        required(ofKeys).put(key.arn(), certificates);
    }

    /** A certificate that was put under a name. */
    Optional<X509Certificate> trusted(EntryName name) {
        return trusted == null
                ? Optional.empty()
                : trusted.chain(name.listed()).stream().findFirst();
    }

    /** The names of all of these. */
    List<String> trustedNames() {
        return trusted == null ? List.of() : trusted.names();
    }

    /**
     * Puts a certificate under a name.
     *
     * @throws KeyStoreException if there is no directory
     */
    void putTrusted(EntryName name, Certificate certificate) throws KeyStoreException {
        required(trusted).put(name.listed(), x509(certificate));
    }

    /** Forgets a certificate; false if there is none under that name. */
    boolean removeTrusted(EntryName name) {
        return trusted != null && trusted.remove(name.listed());
    }

    /** Under what name a certificate is found: its own, or the ARN of its key. */
    Optional<String> nameOf(Certificate certificate) {
        return nameOf(certificate, trusted)
                .or(() -> nameOf(certificate, ofKeys))
                .or(() -> selfSigned.entrySet().stream()
                        .filter(entry -> entry.getValue().getFirst().equals(certificate))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private static Optional<String> nameOf(Certificate certificate, @Nullable CertificateDirectory directory) {
        return directory == null
                ? Optional.empty()
                : directory.names().stream()
                        .filter(name -> directory.chain(name).stream().limit(1).anyMatch(certificate::equals))
                        .findFirst();
    }

    private static CertificateDirectory required(@Nullable CertificateDirectory directory) throws KeyStoreException {
        if (directory == null) {
            throw new KeyStoreException(
                    "the provider has no directory of certificates: give it one, certificates=DIRECTORY");
        }
        return directory;
    }

    private static List<X509Certificate> x509(Certificate... certificates) throws KeyStoreException {
        if (!Arrays.stream(certificates).allMatch(X509Certificate.class::isInstance)) {
            throw new KeyStoreException("only X.509 certificates");
        }
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }
}
