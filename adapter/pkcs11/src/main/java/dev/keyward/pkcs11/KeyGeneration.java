package dev.keyward.pkcs11;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.session.SessionPool;

/** Makes long-lived keys in the token. Thread-safe. */
final class KeyGeneration {
    private final Capabilities capabilities;
    private final KeyTemplates templates;
    private final SessionPool sessions;
    private final TokenObjects objects;

    KeyGeneration(Capabilities capabilities, KeyTemplates templates, SessionPool sessions, TokenObjects objects) {
        this.capabilities = capabilities;
        this.templates = templates;
        this.sessions = sessions;
        this.objects = objects;
    }

    /** Generates a secret key. */
    void secretKey(MaterialReference reference, KeySpec spec) {
        capabilities.require(spec);
        Mechanism mechanism = new Mechanism.Plain(KeyMechanisms.generating(spec.type()));
        Template template = templates.generatedSecretKey(ObjectName.of(reference), spec);
        sessions.use(session -> objects.change(() -> {
            objects.requireAbsent(session, reference);
            long handle = session.generateKey(mechanism, template);
            objects.verify(session, handle, template);
            return handle;
        }));
    }
}
