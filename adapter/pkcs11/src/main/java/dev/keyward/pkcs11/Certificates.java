package dev.keyward.pkcs11;

import dev.keyward.contract.MaterialName;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Certificates beside key pairs, by which other PKCS#11 software finds them. Thread-safe. */
final class Certificates {
    private final KeyTemplates templates;
    private final SessionPool sessions;
    private final TokenObjects objects;

    Certificates(KeyTemplates templates, SessionPool sessions, TokenObjects objects) {
        this.templates = templates;
        this.sessions = sessions;
        this.objects = objects;
    }

    /** Puts one beside each of Keyward's key pairs that has none, if Java knows its kind; the labels of those. */
    List<String> addMissing() {
        return sessions.use(session ->
                objects.change(() -> session.find(KeyTemplates.search(KeyTemplates.PUBLIC_KEY_CLASS)).stream()
                        .flatMap(key -> addIfMissing(session, key).stream())
                        .toList()));
    }

    private Optional<String> addIfMissing(Session session, long publicKey) {
        ObjectName name = new ObjectName(
                session.read(publicKey, AttributeType.ID),
                new String(session.read(publicKey, AttributeType.LABEL), StandardCharsets.US_ASCII));
        if (!name.label().startsWith(MaterialName.PREFIX)
                || !session.find(KeyTemplates.search(KeyTemplates.CERTIFICATE_CLASS, name))
                        .isEmpty()) {
            return Optional.empty();
        }
        return PublicKeys.readIfKnownToJava(session, publicKey).map(encoded -> {
            X509Certificate certificate = parsed(KeyCertificate.of(encoded, name.label()));
            long made = session.createObject(templates.certificate(name, certificate));
            objects.verify(session, made, templates.certificate(name, certificate));
            return name.label();
        });
    }

    private static X509Certificate parsed(byte[] certificate) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (CertificateException e) {
            throw new TokenException(Reason.FAILED, "a certificate that Java does not read", e);
        }
    }
}
