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
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A ciphertext as clients keep it. It names its key and material, so Decrypt needs no KeyId and a ciphertext of an
 * earlier material still decrypts. The layout, in bytes:
 *
 * <pre>
 *   1   version: the code of the {@link CiphertextForm}
 *   5   account of the key, as a number
 *  16   key id
 *  32   material id
 *   4   CRC-32C of all that is before it
 *   n   nonce that the subkey is derived from (15, or 0 where the version has none)
 *  12   GCM IV
 *   m   ciphertext, as long as the plaintext
 *  16   GCM tag
 * </pre>
 *
 * <p>Account, key id, material id and the encryption context are authenticated as associated data, by their SHA-256 (so
 * that every token takes it, whatever its limit). A changed version or nonce gives another key and a changed IV another
 * tag, so they need not be in it. The checksum protects nothing: it tells a damaged ciphertext (refused as such) from one
 * whose key is not here. Numbers are big-endian. Thread-safe; the message's arrays are the record's own.
 *
 * @param account the account of the key
 * @param key the key
 * @param material the material of the key
 * @param message what the token made
 */
record CiphertextBlob(AccountId account, KeyId key, MaterialId material, SealedMessage message) {
    private static final int NAMES_LENGTH_BYTES = 5 + 16 + MaterialId.LENGTH_BYTES;
    private static final int HEADER_LENGTH_BYTES = 1 + NAMES_LENGTH_BYTES + Integer.BYTES;
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
        return ByteBuffer.allocate(HEADER_LENGTH_BYTES
                        + message.nonce().length
                        + message.iv().length
                        + message.ciphertext().length)
                .put(header(message.form(), names(account, key, material)))
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
        if (bytes.length < HEADER_LENGTH_BYTES) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        CiphertextForm form = form(buffer.get() & 0xff);
        byte[] names = take(buffer, NAMES_LENGTH_BYTES);
        byte[] header = header(form, names);
        if (!Arrays.equals(header, 0, HEADER_LENGTH_BYTES, bytes, 0, HEADER_LENGTH_BYTES)) {
            throw invalid();
        }
        buffer.position(HEADER_LENGTH_BYTES);
        if (buffer.remaining()
                < form.nonceLengthBytes() + CiphertextForm.IV_LENGTH_BYTES + CiphertextForm.TAG_LENGTH_BYTES) {
            throw invalid();
        }
        byte[] nonce = take(buffer, form.nonceLengthBytes());
        byte[] iv = take(buffer, CiphertextForm.IV_LENGTH_BYTES);
        SealedMessage message = new SealedMessage(form, nonce, iv, take(buffer, buffer.remaining()));
        ByteBuffer fields = ByteBuffer.wrap(names);
        AccountId account = account(((fields.get() & 0xffL) << 32) | (fields.getInt() & 0xffffffffL));
        KeyId key = new KeyId(new UUID(fields.getLong(), fields.getLong()).toString());
        return new CiphertextBlob(account, key, MaterialId.of(take(fields, MaterialId.LENGTH_BYTES)), message);
    }

    private static byte[] header(CiphertextForm form, byte[] names) {
        CRC32C checksum = new CRC32C();
        checksum.update(form.code());
        checksum.update(names);
        return ByteBuffer.allocate(HEADER_LENGTH_BYTES)
                .put((byte) form.code())
                .put(names)
                .putInt((int) checksum.getValue())
                .array();
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
        throw invalid();
    }

    private static AccountId account(long number) {
        if (number > 999_999_999_999L) {
            throw invalid();
        }
        return new AccountId("%012d".formatted(number));
    }

    private static KeywardException invalid() {
        return new KeywardException(ErrorCode.INVALID_CIPHERTEXT);
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
