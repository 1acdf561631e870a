package dev.keyward.pkcs11;

import dev.keyward.contract.KeyAgreementAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;

/** Key pairs that come to a secret with others. Thread-safe. */
final class AgreementKeys {
    private final Capabilities capabilities;
    private final KeyTemplates templates;
    private final SessionPool sessions;
    private final TokenObjects objects;

    AgreementKeys(Capabilities capabilities, KeyTemplates templates, SessionPool sessions, TokenObjects objects) {
        this.capabilities = capabilities;
        this.templates = templates;
        this.sessions = sessions;
        this.objects = objects;
    }

    byte[] deriveSharedSecret(MaterialReference reference, KeySpec spec, byte[] publicPoint) {
        capabilities.require(KeyAgreementAlgorithm.ECDH);
        Template template = templates.sharedSecret(spec.curve().orElseThrow().coordinateLengthBytes());
        return sessions.use(session -> objects.use(
                session, reference, TokenObjects.Kind.PRIVATE_KEY, key -> derive(session, key, publicPoint, template)));
    }

    /** Derives by CKM_ECDH1_DERIVE into a session object, which is read and destroyed. */
    static byte[] derive(Session session, long privateKey, byte[] publicPoint, Template template) {
        long secret = session.deriveKey(new Mechanism.Ecdh1Derive(publicPoint), privateKey, template);
        try {
            return session.read(secret, AttributeType.VALUE);
        } finally {
            TokenObjects.destroyQuietly(session, secret);
        }
    }
}
