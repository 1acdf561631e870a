package dev.keyward.pkcs11;

import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.session.Session.KeyPairHandles;
import dev.keyward.pkcs11.session.SessionPool;
import java.util.Set;

/** RSA keys under which material comes in. Only the private half stays in the token. Thread-safe. */
final class WrappingKeys {
    private static final Set<Integer> MODULUS_BITS = Set.of(2048, 3072, 4096);

    private final Capabilities capabilities;
    private final KeyTemplates templates;
    private final SessionPool sessions;
    private final TokenObjects objects;

    WrappingKeys(Capabilities capabilities, KeyTemplates templates, SessionPool sessions, TokenObjects objects) {
        this.capabilities = capabilities;
        this.templates = templates;
        this.sessions = sessions;
        this.objects = objects;
    }

    /** Generates one; gives the DER of its SubjectPublicKeyInfo. */
    byte[] generate(MaterialReference reference, int modulusBits) {
        capabilities.require(TokenCapability.GENERATE_WRAPPING_KEYS);
        if (!MODULUS_BITS.contains(modulusBits)) {
            throw new TokenException(Reason.FAILED, "a wrapping key has 2048, 3072 or 4096 bits, not " + modulusBits);
        }
        Template privateTemplate = templates.wrappingPrivateKey(ObjectName.of(reference));
        Template publicTemplate = templates.wrappingPublicKey(modulusBits);
        return sessions.use(session -> objects.change(() -> {
            objects.requireAbsent(session, reference);
            KeyPairHandles pair = session.generateKeyPair(
                    new Mechanism.Plain(MechanismType.RSA_PKCS_KEY_PAIR_GEN), publicTemplate, privateTemplate);
            try {
                byte[] publicKey = PublicKeys.rsa(session, pair.publicKey(), modulusBits);
                objects.verify(session, pair.privateKey(), privateTemplate);
                return publicKey;
            } catch (RuntimeException | Error e) {
                TokenObjects.destroyQuietly(session, pair.privateKey());
                throw e;
            } finally {
                TokenObjects.destroyQuietly(session, pair.publicKey());
            }
        }));
    }
}
