package dev.keyward.pkcs11;

import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * RSA key pairs that messages are encrypted to. Encrypting needs the public half alone, so the host does it; decrypting
 * is the token's, with the padding taken off where its profile says. Thread-safe.
 */
final class OaepKeys {
    /** What tokens answer when a ciphertext is not what it should be. */
    private static final ReturnValue[] NOT_AUTHENTIC = {
        ReturnValue.ENCRYPTED_DATA_INVALID,
        ReturnValue.ENCRYPTED_DATA_LEN_RANGE,
        ReturnValue.DATA_INVALID,
        ReturnValue.DATA_LEN_RANGE,
        ReturnValue.GENERAL_ERROR,
        ReturnValue.FUNCTION_FAILED
    };

    private final Capabilities capabilities;
    private final SessionPool sessions;
    private final TokenObjects objects;
    private final PublicKeys publicKeys;

    OaepKeys(Capabilities capabilities, SessionPool sessions, TokenObjects objects, PublicKeys publicKeys) {
        this.capabilities = capabilities;
        this.sessions = sessions;
        this.objects = objects;
        this.publicKeys = publicKeys;
    }

    byte[] encrypt(MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] plaintext) {
        capabilities.require(algorithm); // what nobody could decrypt is not encrypted
        if (plaintext.length > algorithm.maximumPlaintextBytes(spec)) {
            throw new TokenException(Reason.FAILED, "a message of " + plaintext.length + " bytes is too long");
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new X509EncodedKeySpec(publicKeys.encoded(reference, spec))),
                    new OAEPParameterSpec(
                            algorithm.oaepHash(),
                            "MGF1",
                            new MGF1ParameterSpec(algorithm.oaepHash()),
                            PSource.PSpecified.DEFAULT));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "encrypting to a public key", e);
        }
    }

    byte[] decrypt(MaterialReference reference, KeySpec spec, EncryptionAlgorithm algorithm, byte[] ciphertext) {
        capabilities.require(algorithm);
        OaepHash hash = OaepHash.of(algorithm.oaepHash());
        return sessions.use(session -> objects.use(session, reference, TokenObjects.Kind.PRIVATE_KEY, key -> {
            requireBelowModulus(session, key, spec, ciphertext);
            try {
                return capabilities.unpadsInToken(hash)
                        ? session.decrypt(new Mechanism.RsaOaep(hash), key, ciphertext, ciphertext.length)
                        : decryptWithHost(session, key, hash, ciphertext, algorithm.maximumPlaintextBytes(spec));
            } catch (Pkcs11Exception e) {
                if (e.is(NOT_AUTHENTIC)) {
                    throw failure(e);
                }
                throw e;
            }
        }));
    }

    /** RFC 8017, section 5.1.2: tokens answer another number with all sorts of errors. */
    private static void requireBelowModulus(Session session, long key, KeySpec spec, byte[] ciphertext) {
        BigInteger modulus = new BigInteger(1, session.read(key, AttributeType.MODULUS));
        if (ciphertext.length != spec.materialLengthBytes() || new BigInteger(1, ciphertext).compareTo(modulus) >= 0) {
            throw failure(null);
        }
    }

    private static byte[] decryptWithHost(
            Session session, long key, OaepHash hash, byte[] ciphertext, int maximumLengthBytes) {
        byte[] encoded =
                session.decrypt(new Mechanism.Plain(MechanismType.RSA_X_509), key, ciphertext, ciphertext.length);
        if (encoded.length != ciphertext.length) {
            Arrays.fill(encoded, (byte) 0);
            throw failure(null);
        }
        try {
            return OaepUnpadding.unpad(
                    encoded, hash, IntStream.rangeClosed(0, maximumLengthBytes).toArray());
        } catch (TokenException e) {
            throw failure(e);
        }
    }

    private static TokenException failure(@Nullable Throwable cause) {
        return new TokenException(Reason.NOT_AUTHENTIC, "the message could not be decrypted", cause);
    }
}
