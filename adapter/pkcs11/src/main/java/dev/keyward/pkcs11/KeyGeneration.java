package dev.keyward.pkcs11;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.session.Session.KeyPairHandles;
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

    /** Generates a key pair. */
    void keyPair(MaterialReference reference, KeySpec spec, KeyUsage usage) {
        capabilities.require(spec);
        ObjectName name = ObjectName.of(reference);
        Mechanism mechanism = new Mechanism.Plain(KeyMechanisms.generating(spec.type()));
        Template publicTemplate = templates.publicKey(name, spec, usage);
        Template privateTemplate = templates.privateKey(name, spec, usage);
        sessions.use(session -> objects.change(() -> {
            objects.requireAbsent(session, reference);
            KeyPairHandles pair = session.generateKeyPair(mechanism, publicTemplate, privateTemplate);
            try {
                objects.verify(session, pair.privateKey(), privateTemplate);
                objects.verify(session, pair.publicKey(), publicTemplate);
                return PublicKeys.read(session, pair.publicKey(), spec); // one that cannot be read is good for nothing
            } catch (RuntimeException | Error e) {
                TokenObjects.destroyQuietly(session, pair.privateKey());
                TokenObjects.destroyQuietly(session, pair.publicKey());
                throw e;
            }
        }));
    }
}
