package dev.keyward.audit;

import dev.keyward.contract.AuditException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a trail is forwarded to. Immutable and thread-safe.
 *
 * @param url {@code https://...}, {@code http://...} on loopback, or {@code syslog+tls://HOST:PORT}
 * @param authorization the value of the Authorization header over HTTP; null for none
 * @param certificates a PEM file with the certificates that the other side's must go back to; null for those that Java
 *     trusts
 */
public record ForwardSettings(
        URI url, @Nullable String authorization, @Nullable Path certificates) {
    private static final int SYSLOG_TLS_PORT = 6_514;

    /** Whether there is a way of forwarding to that. */
    public static boolean isPossible(URI url) {
        return url.getHost() != null
                && switch (String.valueOf(url.getScheme())) {
                    case "https" -> true;
                    case "http" ->
                        url.getHost().equals("localhost") || url.getHost().startsWith("127.");
                    case "syslog+tls" -> url.getRawPath().isEmpty();
                    default -> false;
                };
    }

    ForwardTarget target() {
        SSLContext tls = tls();
        if (url.getScheme().equals("syslog+tls")) {
            return new SyslogTarget(url.getHost(), url.getPort() < 0 ? SYSLOG_TLS_PORT : url.getPort(), tls);
        }
        return new HttpTarget(url, authorization, tls);
    }

    private SSLContext tls() {
        try {
            if (certificates == null) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted(certificates));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new AuditException("the certificates in " + certificates + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore trusted(Path certificates) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificates)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("certificate-" + trusted.size(), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("there are none");
        }
        return trusted;
    }

    /** Says nothing of the header. */
    @Override
    public String toString() {
        return "ForwardSettings[" + url + "]";
    }
}
