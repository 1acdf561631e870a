package dev.keyward.pkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Finds out whether unwrapped material has 32 bytes on a token that does not tell (SoftHSM says CKA_VALUE_LEN is 0), and
 * without the material leaving it. The token refuses HMAC-SHA256 with a key shorter than 32 bytes, and AES with one
 * longer; that it does refuse a shorter one is tried out first.
 */
final class MaterialLength {
    private static final int KNOWN_LENGTH_BYTES = 32;
    private static final byte[] MESSAGE = new byte[1];
    private static final ReturnValue[] REFUSED = {
        ReturnValue.KEY_SIZE_RANGE,
        ReturnValue.KEY_TYPE_INCONSISTENT,
        ReturnValue.MECHANISM_INVALID,
        ReturnValue.GENERAL_ERROR,
        ReturnValue.FUNCTION_FAILED
    };

    private final Session session;
    private final KeyTemplates templates;

    MaterialLength(Session session, KeyTemplates templates) {
        this.session = session;
        this.templates = templates;
    }

    /**
     * Whether the material is that long.
     *
     * @param secret unwraps it as a session object that is a generic secret
     * @param aesKey unwraps it as a session object that is an AES key and encrypts
     * @throws TokenException with {@link Reason#UNSUPPORTED} if this token does not let it be found out
     */
    boolean is(int lengthBytes, LongSupplier secret, LongSupplier aesKey) {
        if (lengthBytes != KNOWN_LENGTH_BYTES || !refusesShorterSecrets()) {
            throw new TokenException(
                    Reason.UNSUPPORTED,
                    "the token does not tell the length of what it unwrapped, and it cannot be tried");
        }
        return works(secret, this::hmac) && works(aesKey, this::encrypt);
    }

    private boolean refusesShorterSecrets() {
        byte[] shorter = new byte[KNOWN_LENGTH_BYTES - 1];
        return !works(() -> session.createObject(templates.passingSecret(shorter)), this::hmac);
    }

    private boolean works(LongSupplier object, LongConsumer use) {
        long handle = object.getAsLong();
        try {
            use.accept(handle);
            return true;
        } catch (Pkcs11Exception e) {
            if (e.is(REFUSED)) {
                return false;
            }
            throw e;
        } finally {
            TokenObjects.destroyQuietly(session, handle);
        }
    }

    private void hmac(long secret) {
        session.sign(new Mechanism.Plain(MechanismType.SHA256_HMAC), secret, MESSAGE, KNOWN_LENGTH_BYTES);
    }

    private void encrypt(long aesKey) {
        byte[] iv = new byte[CiphertextForm.IV_LENGTH_BYTES];
        int length = MESSAGE.length + CiphertextForm.TAG_LENGTH_BYTES;
        session.encrypt(new Mechanism.AesGcm(iv, new byte[0]), aesKey, MESSAGE, length);
    }
}
