package dev.keyward.jca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for a purpose, built by Bouncy Castle and signed by the key itself. */
final class IssuedCertificate {
    private IssuedCertificate() {}

    /** For a server on 127.0.0.1. */
    static X509Certificate ofLoopback(KeyPair pair, String algorithm)
            throws IOException, OperatorCreationException, CertificateException {
        return issue(
                builder(pair)
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))),
                pair,
                algorithm);
    }

    /** For code that is signed. */
    static X509Certificate ofCode(KeyPair pair, String algorithm)
            throws IOException, OperatorCreationException, CertificateException {
        return issue(
                builder(pair)
                        .addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning)),
                pair,
                algorithm);
    }

    private static JcaX509v3CertificateBuilder builder(KeyPair pair) {
        X500Principal name = new X500Principal("CN=Keyward");
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                name,
                pair.getPublic());
    }

    private static X509Certificate issue(X509v3CertificateBuilder builder, KeyPair pair, String algorithm)
            throws OperatorCreationException, CertificateException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    }
}
