package dev.keyward.pkcs11;

import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.session.SessionPool;

/** Keys of an HMAC. Thread-safe. */
final class MacKeys {
    private final Capabilities capabilities;
    private final SessionPool sessions;
    private final TokenObjects objects;

    MacKeys(Capabilities capabilities, SessionPool sessions, TokenObjects objects) {
        this.capabilities = capabilities;
        this.sessions = sessions;
        this.objects = objects;
    }

    byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        capabilities.require(algorithm);
        if (message.length < 1 || message.length > MacAlgorithm.MAXIMUM_MESSAGE_BYTES) {
            throw new TokenException(Reason.FAILED, "a message has 1 to 4096 bytes, not " + message.length);
        }
        Mechanism mechanism = new Mechanism.Plain(KeyMechanisms.of(algorithm));
        return sessions.use(session -> objects.use(
                session,
                reference,
                TokenObjects.Kind.SECRET_KEY,
                key -> session.sign(mechanism, key, message, algorithm.lengthBytes())));
    }
}
