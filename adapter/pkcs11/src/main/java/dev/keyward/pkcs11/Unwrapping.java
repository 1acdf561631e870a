package dev.keyward.pkcs11;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects out of wrapped bytes. They are unwrapped in the token; where the token cannot do an OAEP hash and its
 * profile allows it, the token does the RSA operation, the host takes off the padding, and the token is given what was
 * in it. Thread-safe.
 */
final class Unwrapping {
    private static final int[] AES_LENGTHS_BYTES = {16, 24, 32};
    private static final int ONE_TIME_KEY_LENGTH_BYTES = 32;
    /** What tokens answer when wrapped bytes, or the key in them, are not what they should be. */
    private static final ReturnValue[] UNWRAP_FAILED = {
        ReturnValue.WRAPPED_KEY_INVALID,
        ReturnValue.WRAPPED_KEY_LEN_RANGE,
        ReturnValue.ENCRYPTED_DATA_INVALID,
        ReturnValue.ENCRYPTED_DATA_LEN_RANGE,
        ReturnValue.DATA_INVALID,
        ReturnValue.DATA_LEN_RANGE,
        ReturnValue.KEY_SIZE_RANGE,
        ReturnValue.UNWRAPPING_KEY_SIZE_RANGE,
        ReturnValue.GENERAL_ERROR,
        ReturnValue.FUNCTION_FAILED
    };

    private final HsmProfile profile;
    private final Capabilities capabilities;
    private final KeyTemplates templates;
    private final TokenObjects objects;

    Unwrapping(HsmProfile profile, Capabilities capabilities, KeyTemplates templates, TokenObjects objects) {
        this.profile = profile;
        this.capabilities = capabilities;
        this.templates = templates;
        this.objects = objects;
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if such material cannot be unwrapped anywhere */
    UnwrapPlace place(WrappingAlgorithm algorithm, KeySpec spec) {
        capabilities.requireImport(spec);
        capabilities.require(TokenCapability.GENERATE_WRAPPING_KEYS);
        if (algorithm.viaAesKey()) {
            capabilities.require(TokenCapability.UNWRAP_RFC_5649);
        }
        OaepHash hash = OaepHash.of(algorithm.oaepHash());
        if (unpadsInToken(hash, spec)) {
            return UnwrapPlace.TOKEN;
        }
        if (!capabilities.has(TokenCapability.UNPAD_OAEP_ON_HOST)) {
            throw new TokenException(
                    Reason.UNSUPPORTED,
                    "profile " + profile.name() + " cannot unwrap OAEP with " + hash.algorithm() + ": "
                            + capabilities.finding(inToken(hash)).because() + "; "
                            + capabilities
                                    .finding(TokenCapability.UNPAD_OAEP_ON_HOST)
                                    .because());
        }
        if (spec.type().isPair()) {
            capabilities.require(TokenCapability.UNWRAP_RFC_5649);
        }
        return UnwrapPlace.HOST_UNPADDING;
    }

    /** Unwraps material; gives the handle of what it became. */
    long unwrap(Session session, WrappedMaterial material, UnwrapTarget target) {
        return refusing(() -> objects.use(session, material.wrappingKey(), TokenObjects.Kind.PRIVATE_KEY, rsaKey -> {
            OaepHash hash = OaepHash.of(material.algorithm().oaepHash());
            boolean inToken = unpadsInToken(hash, material.spec());
            return material.algorithm().viaAesKey()
                    ? unwrapViaAesKey(session, rsaKey, hash, inToken, material.bytes(), target)
                    : unwrapOaep(session, rsaKey, hash, inToken, material.bytes(), target);
        }));
    }

    /** Whether the lengths of a secret key have been looked at where its padding was taken off. */
    boolean knowsLength(WrappedMaterial material) {
        return !material.algorithm().viaAesKey()
                && !unpadsInToken(OaepHash.of(material.algorithm().oaepHash()), material.spec());
    }

    /** Does something with material that came in; the token's complaints about it become one. */
    static <T> T refusing(Supplied<T> action) {
        try {
            return action.get();
        } catch (Pkcs11Exception e) {
            if (e.is(UNWRAP_FAILED)) {
                throw failure(e);
            }
            throw e;
        }
    }

    /** What is done in {@link #refusing}. */
    @FunctionalInterface
    interface Supplied<T> {
        T get();
    }

    /** The one answer to everything that is wrong with material. */
    static TokenException failure(@Nullable Throwable cause) {
        return new TokenException(Reason.UNWRAP_FAILED, "the wrapped material could not be unwrapped", cause);
    }

    /**
     * Where the host may unpad, it does so for every HMAC key: such a token does not tell how long a secret is that it
     * unwrapped.
     */
    private boolean unpadsInToken(OaepHash hash, KeySpec spec) {
        boolean hostTellsLength = spec.type() == KeyType.HMAC && capabilities.has(TokenCapability.UNPAD_OAEP_ON_HOST);
        return capabilities.has(inToken(hash)) && !hostTellsLength;
    }

    /** The one-time AES key, as long as the modulus, then the material under that key. */
    private long unwrapViaAesKey(
            Session session, long rsaKey, OaepHash hash, boolean inToken, byte[] wrapped, UnwrapTarget target) {
        int modulusLengthBytes = lengthBytes(modulus(session, rsaKey));
        if (wrapped.length <= modulusLengthBytes) {
            throw failure(null);
        }
        byte[] wrappedKey = Arrays.copyOf(wrapped, modulusLengthBytes);
        byte[] wrappedMaterial = Arrays.copyOfRange(wrapped, modulusLengthBytes, wrapped.length);
        long aesKey = unwrapOaep(session, rsaKey, hash, inToken, wrappedKey, oneTimeKey());
        return unwrapUnder(session, aesKey, wrappedMaterial, target);
    }

    /** Unwraps by RFC 5649 and destroys the one-time key. */
    private long unwrapUnder(Session session, long aesKey, byte[] wrapped, UnwrapTarget target) {
        try {
            return session.unwrapKey(
                    new Mechanism.AesKeyWrap(
                            Objects.requireNonNull(profile.rfc5649Mechanism()).code()),
                    aesKey,
                    wrapped,
                    target.template());
        } finally {
            TokenObjects.destroyQuietly(session, aesKey);
        }
    }

    /**
     * RSA-OAEP. What is no number below the modulus is refused here (RFC 8017, section 5.1.2): tokens answer it with all
     * sorts of errors, NSS with CKR_ARGUMENTS_BAD.
     */
    private long unwrapOaep(
            Session session, long rsaKey, OaepHash hash, boolean inToken, byte[] wrapped, UnwrapTarget target) {
        BigInteger modulus = modulus(session, rsaKey);
        if (wrapped.length != lengthBytes(modulus) || new BigInteger(1, wrapped).compareTo(modulus) >= 0) {
            throw failure(null);
        }
        return inToken
                ? session.unwrapKey(new Mechanism.RsaOaep(hash), rsaKey, wrapped, target.template())
                : unwrapOaepOnHost(session, rsaKey, hash, wrapped, target);
    }

    private long unwrapOaepOnHost(Session session, long rsaKey, OaepHash hash, byte[] wrapped, UnwrapTarget target) {
        byte[] encoded = session.decrypt(new Mechanism.Plain(MechanismType.RSA_X_509), rsaKey, wrapped, wrapped.length);
        if (encoded.length != wrapped.length) {
            Arrays.fill(encoded, (byte) 0);
            throw failure(null);
        }
        int[] lengthsBytes = switch (target) {
            case UnwrapTarget.SecretKey secret -> secret.lengthsBytes();
            case UnwrapTarget.PrivateKey _ ->
                IntStream.rangeClosed(1, wrapped.length).toArray();
        };
        byte[] value = OaepUnpadding.unpad(encoded, hash, lengthsBytes);
        try {
            return switch (target) {
                case UnwrapTarget.SecretKey secret ->
                    session.createObject(secret.fromBytes().apply(value));
                case UnwrapTarget.PrivateKey privateKey -> wrapAndUnwrap(session, value, privateKey);
            };
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** Hands the token PKCS#8 in the one form in which it takes it: wrapped, under a key of a moment. */
    private long wrapAndUnwrap(Session session, byte[] pkcs8, UnwrapTarget.PrivateKey target) {
        byte[] key = session.random(ONE_TIME_KEY_LENGTH_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            byte[] wrapped = cipher.doFinal(pkcs8);
            long aesKey = session.createObject(templates.passingKey(key, AttributeType.UNWRAP));
            return unwrapUnder(session, aesKey, wrapped, target);
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "wrapping a private key for the token", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private UnwrapTarget oneTimeKey() {
        return new UnwrapTarget.SecretKey(
                templates.passingKey(AttributeType.UNWRAP),
                value -> templates.passingKey(value, AttributeType.UNWRAP),
                AES_LENGTHS_BYTES);
    }

    private static TokenCapability inToken(OaepHash hash) {
        return switch (hash) {
            case SHA_1 -> TokenCapability.UNWRAP_OAEP_SHA_1;
            case SHA_256 -> TokenCapability.UNWRAP_OAEP_SHA_256;
        };
    }

    private static BigInteger modulus(Session session, long rsaKey) {
        return new BigInteger(1, session.read(rsaKey, AttributeType.MODULUS));
    }

    private static int lengthBytes(BigInteger modulus) {
        return (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }
}
