package dev.keyward.pkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;

/** AES keys: messages encrypted under them or their subkeys. Thread-safe. */
final class SymmetricKeys {
    private static final int MAXIMUM_PLAINTEXT_BYTES = 64 * 1024;
    /** What tokens answer when a tag does not match. */
    private static final ReturnValue[] NOT_AUTHENTIC = {
        ReturnValue.ENCRYPTED_DATA_INVALID,
        ReturnValue.ENCRYPTED_DATA_LEN_RANGE,
        ReturnValue.SIGNATURE_INVALID,
        ReturnValue.DATA_INVALID,
        ReturnValue.GENERAL_ERROR
    };

    private final HsmProfile profile;
    private final SessionPool sessions;
    private final TokenObjects objects;
    private final Subkeys subkeys;
    private final DerivationChoice derivations;

    SymmetricKeys(
            HsmProfile profile,
            SessionPool sessions,
            TokenObjects objects,
            Subkeys subkeys,
            DerivationChoice derivations) {
        this.profile = profile;
        this.sessions = sessions;
        this.objects = objects;
        this.subkeys = subkeys;
        this.derivations = derivations;
    }

    SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        if (plaintext.length > MAXIMUM_PLAINTEXT_BYTES) {
            throw new TokenException(Reason.FAILED, "a message of " + plaintext.length + " bytes is too long");
        }
        return sessions.use(session -> derivations
                .forEncryption()
                .map(derivation -> subkeys.encrypting(
                        session,
                        reference,
                        derivation,
                        subkey -> seal(
                                session,
                                derivation.form(),
                                subkey.nonce().clone(),
                                subkey.handle(),
                                associatedData,
                                plaintext)))
                .orElseGet(() -> objects.use(
                        session,
                        reference,
                        TokenObjects.Kind.SECRET_KEY,
                        key -> seal(session, CiphertextForm.DIRECT, new byte[0], key, associatedData, plaintext))));
    }

    byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        if (message.nonce().length != message.form().nonceLengthBytes()
                || message.iv().length != CiphertextForm.IV_LENGTH_BYTES
                || message.ciphertext().length < CiphertextForm.TAG_LENGTH_BYTES
                || message.ciphertext().length > MAXIMUM_PLAINTEXT_BYTES + CiphertextForm.TAG_LENGTH_BYTES) {
            throw new TokenException(Reason.NOT_AUTHENTIC, "not of the lengths of the form " + message.form());
        }
        return sessions.use(session -> derivations
                .forDecryption(message.form())
                .map(derivation -> subkeys.decrypting(
                        session,
                        reference,
                        derivation,
                        message.nonce(),
                        subkey -> open(session, subkey.handle(), associatedData, message)))
                .orElseGet(() -> objects.use(
                        session,
                        reference,
                        TokenObjects.Kind.SECRET_KEY,
                        key -> open(session, key, associatedData, message))));
    }

    private SealedMessage seal(
            Session session, CiphertextForm form, byte[] nonce, long key, byte[] associatedData, byte[] plaintext) {
        int length = plaintext.length + CiphertextForm.TAG_LENGTH_BYTES;
        return switch (profile.gcmIv()) {
            case HOST -> {
                byte[] iv = session.random(CiphertextForm.IV_LENGTH_BYTES);
                Mechanism.AesGcm mechanism = new Mechanism.AesGcm(iv, associatedData);
                yield new SealedMessage(form, nonce, iv, session.encrypt(mechanism, key, plaintext, length));
            }
            case TOKEN -> {
                byte[] iv = new byte[CiphertextForm.IV_LENGTH_BYTES];
                Mechanism.AesGcm mechanism = new Mechanism.AesGcm(iv, associatedData);
                byte[] ciphertext = session.encryptWithTokenIv(mechanism, key, plaintext, length);
                yield new SealedMessage(form, nonce, iv, ciphertext);
            }
        };
    }

    private static byte[] open(Session session, long key, byte[] associatedData, SealedMessage message) {
        try {
            return session.decrypt(
                    new Mechanism.AesGcm(message.iv(), associatedData),
                    key,
                    message.ciphertext(),
                    message.ciphertext().length);
        } catch (Pkcs11Exception e) {
            if (e.is(NOT_AUTHENTIC)) {
                throw new TokenException(Reason.NOT_AUTHENTIC, "the message is not authentic", e);
            }
            throw e;
        }
    }
}
