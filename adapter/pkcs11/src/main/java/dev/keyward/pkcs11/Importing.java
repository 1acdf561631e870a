package dev.keyward.pkcs11;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Material that comes in wrapped. It is unwrapped in the token; where the token cannot do an OAEP hash and its profile
 * allows it, the token does the RSA operation, the host takes off the padding, and the token is given the key.
 * Thread-safe.
 */
final class Importing {
    private static final int[] AES_LENGTHS_BYTES = {16, 24, 32};
    private static final int CMAC_LENGTH_BYTES = 16;
    private static final String IDENTIFICATION = "keyward material id";
    /** What tokens answer when wrapped bytes are not what they should be. */
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

    /**
     * What unwrapped bytes become.
     *
     * @param inToken the template if the token unwraps
     * @param fromBytes the template if the host has the bytes
     * @param lengthsBytes the lengths they may have
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Target(Template inToken, Function<byte[], Template> fromBytes, int... lengthsBytes) {}

    private final HsmProfile profile;
    private final Capabilities capabilities;
    private final KeyTemplates templates;
    private final SessionPool sessions;
    private final TokenObjects objects;
    private final DerivationChoice derivations;

    Importing(
            HsmProfile profile,
            Capabilities capabilities,
            KeyTemplates templates,
            SessionPool sessions,
            TokenObjects objects,
            DerivationChoice derivations) {
        this.profile = profile;
        this.capabilities = capabilities;
        this.templates = templates;
        this.sessions = sessions;
        this.objects = objects;
        this.derivations = derivations;
    }

    UnwrapPlace unwrap(
            MaterialReference wrappingKey,
            WrappingAlgorithm algorithm,
            byte[] wrapped,
            KeySpec spec,
            MaterialReference reference) {
        UnwrapPlace place = requirePlace(algorithm);
        ObjectName name = ObjectName.of(reference);
        Template template = templates.unwrappedDataKey(name);
        Target target =
                new Target(template, value -> templates.createdDataKey(name, value), spec.materialLengthBytes());
        return sessions.use(session -> {
            objects.requireAbsent(session, reference);
            long handle = unwrap(session, wrappingKey, algorithm, wrapped, target);
            requireLength(session, handle, spec);
            objects.verify(session, handle, template);
            return place;
        });
    }

    MaterialId identify(
            MaterialReference wrappingKey, WrappingAlgorithm algorithm, byte[] wrapped, KeySpec spec, KeyId key) {
        capabilities.require(TokenCapability.IDENTIFY_MATERIAL);
        var _ = requirePlace(algorithm);
        SubkeyDerivation derivation = derivations.forEncryption().orElseThrow();
        Target target = new Target(templates.passingDataKey(), templates::passingDataKey, spec.materialLengthBytes());
        return sessions.use(session -> {
            long material = unwrap(session, wrappingKey, algorithm, wrapped, target);
            try {
                requireLength(session, material, spec);
                return identify(session, material, derivation, key);
            } finally {
                TokenObjects.destroyQuietly(session, material);
            }
        });
    }

    /** Two CMACs under a subkey of its own, over texts that differ in their first byte. */
    private MaterialId identify(Session session, long material, SubkeyDerivation derivation, KeyId key) {
        byte[] nonce = new byte[derivation.form().nonceLengthBytes()];
        long subkey = session.deriveKey(
                derivation.mechanism(SubkeyDerivation.Purpose.IDENTIFICATION, nonce),
                material,
                templates.subkey(SubkeyDerivation.LENGTH_BYTES, AttributeType.SIGN));
        try {
            byte[] text = (IDENTIFICATION + ":" + key).getBytes(StandardCharsets.US_ASCII);
            ByteBuffer id = ByteBuffer.allocate(MaterialId.LENGTH_BYTES);
            for (byte half = 1; half <= 2; half++) {
                byte[] message =
                        ByteBuffer.allocate(1 + text.length).put(half).put(text).array();
                id.put(session.sign(new Mechanism.AesCmac(), subkey, message, CMAC_LENGTH_BYTES));
            }
            return MaterialId.of(id.array());
        } finally {
            TokenObjects.destroyQuietly(session, subkey);
        }
    }

    private long unwrap(
            Session session,
            MaterialReference wrappingKey,
            WrappingAlgorithm algorithm,
            byte[] wrapped,
            Target target) {
        try {
            return objects.use(session, wrappingKey, TokenObjects.Kind.PRIVATE_KEY, rsaKey -> {
                OaepHash hash = OaepHash.of(algorithm.oaepHash());
                return algorithm.viaAesKey()
                        ? unwrapViaAesKey(session, rsaKey, hash, wrapped, target)
                        : unwrapOaep(session, rsaKey, hash, wrapped, target);
            });
        } catch (Pkcs11Exception e) {
            if (e.is(UNWRAP_FAILED)) {
                throw failure(e);
            }
            throw e;
        }
    }

    /** The one-time AES key, as long as the modulus, then the material under that key. */
    private long unwrapViaAesKey(Session session, long rsaKey, OaepHash hash, byte[] wrapped, Target target) {
        int modulusLengthBytes = modulusLengthBytes(session, rsaKey);
        if (wrapped.length <= modulusLengthBytes) {
            throw failure(null);
        }
        Target oneTimeKey =
                new Target(templates.passingUnwrappingKey(), templates::passingUnwrappingKey, AES_LENGTHS_BYTES);
        byte[] wrappedKey = Arrays.copyOf(wrapped, modulusLengthBytes);
        byte[] wrappedMaterial = Arrays.copyOfRange(wrapped, modulusLengthBytes, wrapped.length);
        long aesKey = unwrapOaep(session, rsaKey, hash, wrappedKey, oneTimeKey);
        try {
            return session.unwrapKey(
                    new Mechanism.AesKeyWrap(
                            Objects.requireNonNull(profile.rfc5649Mechanism()).code()),
                    aesKey,
                    wrappedMaterial,
                    target.inToken());
        } finally {
            TokenObjects.destroyQuietly(session, aesKey);
        }
    }

    private long unwrapOaep(Session session, long rsaKey, OaepHash hash, byte[] wrapped, Target target) {
        if (capabilities.has(inToken(hash))) {
            return session.unwrapKey(new Mechanism.RsaOaep(hash), rsaKey, wrapped, target.inToken());
        }
        int modulusLengthBytes = modulusLengthBytes(session, rsaKey);
        if (wrapped.length != modulusLengthBytes) {
            throw failure(null);
        }
        byte[] encoded = session.decrypt(new Mechanism.RsaX509(), rsaKey, wrapped, modulusLengthBytes);
        if (encoded.length != modulusLengthBytes) {
            throw failure(null);
        }
        byte[] value = OaepUnpadding.unpad(encoded, hash, target.lengthsBytes());
        try {
            return session.createObject(target.fromBytes().apply(value));
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** @throws TokenException with {@link Reason#UNSUPPORTED} if the algorithm cannot be done anywhere */
    private UnwrapPlace requirePlace(WrappingAlgorithm algorithm) {
        if (algorithm.viaAesKey()) {
            capabilities.require(TokenCapability.UNWRAP_RFC_5649);
        }
        OaepHash hash = OaepHash.of(algorithm.oaepHash());
        if (capabilities.has(inToken(hash))) {
            return UnwrapPlace.TOKEN;
        }
        if (capabilities.has(TokenCapability.UNPAD_OAEP_ON_HOST)) {
            return UnwrapPlace.HOST_UNPADDING;
        }
        throw new TokenException(
                Reason.UNSUPPORTED,
                "profile " + profile.name() + " cannot unwrap OAEP with " + hash.algorithm() + ": "
                        + capabilities.finding(inToken(hash)).because() + "; "
                        + capabilities
                                .finding(TokenCapability.UNPAD_OAEP_ON_HOST)
                                .because());
    }

    private static TokenCapability inToken(OaepHash hash) {
        return switch (hash) {
            case SHA_1 -> TokenCapability.UNWRAP_OAEP_SHA_1;
            case SHA_256 -> TokenCapability.UNWRAP_OAEP_SHA_256;
        };
    }

    private static int modulusLengthBytes(Session session, long rsaKey) {
        byte[] modulus = session.read(rsaKey, AttributeType.MODULUS);
        return modulus[0] == 0 ? modulus.length - 1 : modulus.length; // some tokens give a sign byte
    }

    private static void requireLength(Session session, long handle, KeySpec spec) {
        if (!session.has(handle, new Attribute.Ulong(AttributeType.VALUE_LEN, spec.materialLengthBytes()))) {
            TokenObjects.destroyQuietly(session, handle);
            throw failure(null);
        }
    }

    private static TokenException failure(@Nullable Throwable cause) {
        return new TokenException(Reason.UNWRAP_FAILED, "the wrapped material could not be unwrapped", cause);
    }
}
