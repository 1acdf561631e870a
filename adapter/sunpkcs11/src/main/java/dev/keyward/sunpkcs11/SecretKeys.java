package dev.keyward.sunpkcs11;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.MacAlgorithm;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Messages and codes under the secret keys themselves. Thread-safe: each call has a Cipher or a Mac of its own. */
final class SecretKeys {
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final int MAXIMUM_MESSAGE_BYTES = 64 * 1024;
    private static final byte[] NO_NONCE = {};

    /** What tokens answer when a tag does not match. */
    private static final Set<String> NOT_AUTHENTIC = Set.of(
            "CKR_ENCRYPTED_DATA_INVALID",
            "CKR_ENCRYPTED_DATA_LEN_RANGE",
            "CKR_SIGNATURE_INVALID",
            "CKR_DATA_INVALID",
            "CKR_GENERAL_ERROR");

    private final Provider provider;
    private final KeyEntries entries;
    private final SecureRandom random;

    SecretKeys(Provider provider, KeyEntries entries, SecureRandom random) {
        this.provider = provider;
        this.entries = entries;
        this.random = random;
    }

    /** Whether that provider, and so its token, can do this at all. */
    static boolean encryptWith(Provider provider) {
        return provider.getService("Cipher", AES_GCM) != null;
    }

    SealedMessage encrypt(MaterialReference reference, byte[] associatedData, byte[] plaintext) {
        if (plaintext.length > MAXIMUM_MESSAGE_BYTES) {
            throw new TokenException(Reason.FAILED, "a message of " + plaintext.length + " bytes is too long");
        }
        return entries.useSecretKey(
                reference,
                key -> Failures.translated("encrypting", () -> {
                    byte[] iv = new byte[CiphertextForm.IV_LENGTH_BYTES];
                    random.nextBytes(iv);
                    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, iv, associatedData);
                    return new SealedMessage(CiphertextForm.DIRECT, NO_NONCE, iv, cipher.doFinal(plaintext));
                }));
    }

    byte[] decrypt(MaterialReference reference, byte[] associatedData, SealedMessage message) {
        if (message.nonce().length != message.form().nonceLengthBytes()
                || message.iv().length != CiphertextForm.IV_LENGTH_BYTES
                || message.ciphertext().length < CiphertextForm.TAG_LENGTH_BYTES
                || message.ciphertext().length > MAXIMUM_MESSAGE_BYTES + CiphertextForm.TAG_LENGTH_BYTES) {
            throw new TokenException(Reason.NOT_AUTHENTIC, "not of the lengths of the form " + message.form());
        }
        Gap.requireNone(Gap.of(message.form()));
        return entries.useSecretKey(
                reference,
                key -> Failures.translated("decrypting", () -> {
                    Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, message.iv(), associatedData);
                    try {
                        return cipher.doFinal(message.ciphertext());
                    } catch (AEADBadTagException e) {
                        throw notAuthentic(e);
                    } catch (GeneralSecurityException | ProviderException e) {
                        throw Failures.says(e, NOT_AUTHENTIC) ? notAuthentic(e) : Failures.translate("decrypting", e);
                    }
                }));
    }

    byte[] mac(MaterialReference reference, MacAlgorithm algorithm, byte[] message) {
        if (message.length < 1 || message.length > MacAlgorithm.MAXIMUM_MESSAGE_BYTES) {
            throw new TokenException(Reason.FAILED, "a message has 1 to 4096 bytes, not " + message.length);
        }
        return entries.useSecretKey(
                reference,
                key -> Failures.translated("computing " + algorithm, () -> {
                    Mac mac = Mac.getInstance(KeyGeneration.jcaName(algorithm), provider);
                    mac.init(key);
                    return mac.doFinal(message);
                }));
    }

    private Cipher cipher(int mode, SecretKey key, byte[] iv, byte[] associatedData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES_GCM, provider);
        cipher.init(mode, key, new GCMParameterSpec(CiphertextForm.TAG_LENGTH_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(associatedData);
        return cipher;
    }

    private static TokenException notAuthentic(Exception cause) {
        return new TokenException(Reason.NOT_AUTHENTIC, "the message is not authentic", cause);
    }
}
