package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.SealedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A ciphertext as clients keep it. It names its key and material, so Decrypt needs no KeyId and a ciphertext of an
 * earlier material still decrypts. The layout, in bytes:
 *
 * <pre>
 *   1   version: the code of the {@link CiphertextForm}
 *   5   account of the key, as a number
 *  16   key id
 *  32   material id
 *   n   nonce that the subkey is derived from (15, or 0 where the version has none)
 *  12   GCM IV
 *   m   ciphertext, as long as the plaintext
 *  16   GCM tag
 * </pre>
 *
 * <p>Account, key id, material id and the encryption context are authenticated as associated data, by their SHA-256 (so
 * that every token takes it, whatever its limit). A changed version or nonce gives another key and a changed IV another
 * tag, so they need not be in it. Numbers are big-endian. Thread-safe; the message's arrays are the record's own.
 *
 * @param account the account of the key
 * @param key the key
 * @param material the material of the key
 * @param message what the token made
 */
record CiphertextBlob(AccountId account, KeyId key, MaterialId material, SealedMessage message) {
    private static final int NAMES_LENGTH_BYTES = 5 + 16 + MaterialId.LENGTH_BYTES;
    private static final byte[] DOMAIN = "keyward ciphertext 1\0".getBytes(StandardCharsets.US_ASCII);

    /** The associated data of a message under that material. */
    static byte[] associatedData(AccountId account, KeyId key, MaterialId material, EncryptionContext context) {
        MessageDigest digest = sha256();
        digest.update(DOMAIN);
        digest.update(names(account, key, material));
        return digest.digest(context.canonicalBytes());
    }

    /** The associated data of this message. */
    byte[] associatedData(EncryptionContext context) {
        return associatedData(account, key, material, context);
    }

    /** The bytes that a client is given. */
    byte[] encode() {
        return ByteBuffer.allocate(1
                        + NAMES_LENGTH_BYTES
                        + message.nonce().length
                        + message.iv().length
                        + message.ciphertext().length)
                .put((byte) message.form().code())
                .put(names(account, key, material))
                .put(message.nonce())
                .put(message.iv())
                .put(message.ciphertext())
                .array();
    }

    /**
     * Reads what a client sent. Nothing of it is to be believed before the token has authenticated it.
     *
     * @throws KeywardException with {@link ErrorCode#INVALID_CIPHERTEXT} if it cannot be one of ours
     */
    static CiphertextBlob decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        CiphertextForm form = buffer.hasRemaining() ? form(buffer.get() & 0xff) : form(0);
        int shortestBytes = NAMES_LENGTH_BYTES
                + form.nonceLengthBytes()
                + CiphertextForm.IV_LENGTH_BYTES
                + CiphertextForm.TAG_LENGTH_BYTES;
        if (buffer.remaining() < shortestBytes) {
            throw new KeywardException(ErrorCode.INVALID_CIPHERTEXT);
        }
        AccountId account = account(((buffer.get() & 0xffL) << 32) | (buffer.getInt() & 0xffffffffL));
        KeyId key = new KeyId(new UUID(buffer.getLong(), buffer.getLong()).toString());
        MaterialId material = MaterialId.of(take(buffer, MaterialId.LENGTH_BYTES));
        byte[] nonce = take(buffer, form.nonceLengthBytes());
        byte[] iv = take(buffer, CiphertextForm.IV_LENGTH_BYTES);
        return new CiphertextBlob(
                account, key, material, new SealedMessage(form, nonce, iv, take(buffer, buffer.remaining())));
    }

    private static byte[] names(AccountId account, KeyId key, MaterialId material) {
        long accountNumber = Long.parseLong(account.value());
        UUID uuid = UUID.fromString(key.value());
        return ByteBuffer.allocate(NAMES_LENGTH_BYTES)
                .put((byte) (accountNumber >>> 32))
                .putInt((int) accountNumber)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .put(material.bytes())
                .array();
    }

    private static CiphertextForm form(int code) {
        for (CiphertextForm form : CiphertextForm.values()) {
            if (form.code() == code) {
                return form;
            }
        }
        throw new KeywardException(ErrorCode.INVALID_CIPHERTEXT);
    }

    private static AccountId account(long number) {
        if (number > 999_999_999_999L) {
            throw new KeywardException(ErrorCode.INVALID_CIPHERTEXT);
        }
        return new AccountId("%012d".formatted(number));
    }

    private static byte[] take(ByteBuffer buffer, int lengthBytes) {
        byte[] taken = new byte[lengthBytes];
        buffer.get(taken);
        return taken;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
