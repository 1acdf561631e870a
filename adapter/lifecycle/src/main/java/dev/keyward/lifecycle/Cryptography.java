package dev.keyward.lifecycle;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.lifecycle.Request.Call;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encrypts and decrypts under keys of every spec, and makes data keys. The work on material is the token's. Thread-safe. */
public final class Cryptography {
    private final Token token;
    private final EncryptionBudget budget;

    Cryptography(Token token, EncryptionBudget budget) {
        this.token = token;
        this.budget = budget;
    }

    /**
     * A message under a key.
     *
     * @param blob what the client keeps
     * @param material the material it is under; null if that is a key pair, of which AWS KMS names none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Encrypted(byte[] blob, @Nullable MaterialId material) {}

    /**
     * A message again.
     *
     * @param plaintext the message; whoever takes it clears it
     * @param material the material it was under; null if that is a key pair
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Decrypted(byte[] plaintext, @Nullable MaterialId material) {
        @Override
        public String toString() {
            return "Decrypted[under " + material + "]";
        }
    }

    /**
     * A data key.
     *
     * @param plaintext the data key; whoever takes it clears it
     * @param encrypted the data key under the KMS key
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record DataKey(byte[] plaintext, Encrypted encrypted) {
        @Override
        public String toString() {
            return "DataKey[under " + encrypted.material() + "]";
        }
    }

    /**
     * Whether a message is short enough for the algorithm and the key. Asked of a dry run too.
     *
     * @throws KeywardException with {@link ErrorCode#VALIDATION}
     */
    public static void requireFits(KeyRecord key, EncryptionAlgorithm algorithm, byte[] plaintext) {
        int maximum = algorithm.maximumPlaintextBytes(key.spec());
        if (plaintext.length > maximum) {
            throw new KeywardException(
                    ErrorCode.VALIDATION,
                    "Algorithm %s and key spec %s cannot encrypt data larger than %d bytes."
                            .formatted(algorithm, key.spec(), maximum));
        }
    }

    /**
     * Encrypts under the current material of an enabled key.
     *
     * @param context goes with SYMMETRIC_DEFAULT only
     * @throws KeywardException with {@link ErrorCode#VALIDATION} if the message is too long
     */
    public Encrypted encrypt(
            Call call, KeyRecord key, EncryptionAlgorithm algorithm, byte[] plaintext, EncryptionContext context) {
        requireFits(key, algorithm, plaintext);
        return algorithm.isOaep()
                ? new Encrypted(token.encryptOaep(pair(key), key.spec(), algorithm, plaintext), null)
                : encrypt(call, key, plaintext, context);
    }

    private Encrypted encrypt(Call call, KeyRecord key, byte[] plaintext, EncryptionContext context) {
        MaterialRecord current = key.current().orElseThrow();
        MaterialRecord material = budget.take(key, current, call.now());
        byte[] associatedData = CiphertextBlob.associatedData(key.scope().account(), key.id(), material.id(), context);
        SealedMessage message = token.encrypt(material.reference(), associatedData, plaintext);
        call.details().put("keyMaterialId", material.id().hexadecimal());
        return new Encrypted(
                new CiphertextBlob(key.scope().account(), key.id(), material.id(), message).encode(), material.id());
    }

    /** Decrypts what a request says was encrypted to the first key that it works on. */
    public Decrypted decryptOaep(Resources resources, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        KeyRecord key = resources.key();
        return new Decrypted(token.decryptOaep(pair(key), key.spec(), algorithm, ciphertext), null);
    }

    private static MaterialReference pair(KeyRecord key) {
        return key.current().orElseThrow().reference();
    }

    /** Decrypts the ciphertext of a request, which its key was found by. */
    public Decrypted decrypt(Call call, Resources resources, EncryptionContext context) {
        KeyRecord key = resources.key();
        CiphertextBlob blob = resources.ciphertext();
        MaterialRecord material = key.material(blob.material())
                .filter(known -> known.isUsable(call.now()))
                .orElseThrow(() -> new KeywardException(ErrorCode.INVALID_CIPHERTEXT));
        byte[] plaintext = decrypt(material, blob, context);
        call.details().put("keyMaterialId", material.id().hexadecimal());
        return new Decrypted(plaintext, material.id());
    }

    /** Decrypts under one key and encrypts under another; the message is cleared between. */
    public Encrypted reEncrypt(
            Call call,
            Decrypted source,
            KeyRecord destination,
            EncryptionAlgorithm algorithm,
            EncryptionContext destinationContext) {
        try {
            return encrypt(call, destination, algorithm, source.plaintext(), destinationContext);
        } finally {
            Arrays.fill(source.plaintext(), (byte) 0);
        }
    }

    /** Makes a data key of 1 to 1024 bytes from the token's random numbers. */
    public DataKey generateDataKey(Call call, KeyRecord key, int lengthBytes, EncryptionContext context) {
        byte[] plaintext = token.random(lengthBytes);
        try {
            return new DataKey(plaintext, encrypt(call, key, plaintext, context));
        } catch (RuntimeException failure) {
            Arrays.fill(plaintext, (byte) 0);
            throw failure;
        }
    }

    /** Makes a data key of 1 to 1024 bytes that nobody sees. */
    public Encrypted generateDataKeyWithoutPlaintext(
            Call call, KeyRecord key, int lengthBytes, EncryptionContext context) {
        DataKey dataKey = generateDataKey(call, key, lengthBytes, context);
        Arrays.fill(dataKey.plaintext(), (byte) 0);
        return dataKey.encrypted();
    }

    /** 1 to 1024 random bytes from the token. */
    public byte[] random(int lengthBytes) {
        return token.random(lengthBytes);
    }

    private byte[] decrypt(MaterialRecord material, CiphertextBlob blob, EncryptionContext context) {
        try {
            return token.decrypt(material.reference(), blob.associatedData(context), blob.message());
        } catch (TokenException failure) {
            if (failure.reason() == TokenException.Reason.UNSUPPORTED) {
                // A form that this token never wrote: the version byte was changed, or the token was replaced.
                throw new KeywardException(ErrorCode.INVALID_CIPHERTEXT, null, failure);
            }
            throw failure;
        }
    }
}
