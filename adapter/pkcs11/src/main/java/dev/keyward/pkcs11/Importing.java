package dev.keyward.pkcs11;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappingAlgorithm;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.OaepHash;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
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
        return sessions.use(session -> objects.change(() -> {
            objects.requireAbsent(session, reference);
            makeTokenObject(
                    session,
                    target -> unwrap(session, wrappingKey, algorithm, wrapped, target),
                    spec,
                    ObjectName.of(reference));
            return place;
        }));
    }

    MaterialId identify(
            MaterialReference wrappingKey, WrappingAlgorithm algorithm, byte[] wrapped, KeySpec spec, KeyId key) {
        capabilities.require(TokenCapability.IDENTIFY_MATERIAL);
        var _ = requirePlace(algorithm);
        SubkeyDerivation derivation = derivations.forEncryption().orElseThrow();
        return sessions.use(session -> {
            ToLongFunction<Target> unwrap = target -> unwrap(session, wrappingKey, algorithm, wrapped, target);
            long material = unwrap.applyAsLong(passing(spec.materialLengthBytes(), AttributeType.DERIVE));
            try {
                requireLength(session, material, spec, unwrap);
                return identify(session, material, derivation, key);
            } finally {
                TokenObjects.destroyQuietly(session, material);
            }
        });
    }

    private void makeTokenObject(Session session, ToLongFunction<Target> unwrap, KeySpec spec, ObjectName name) {
        Template template = templates.unwrappedDataKey(name);
        long handle;
        try {
            handle = unwrap.applyAsLong(
                    new Target(template, value -> templates.createdDataKey(name, value), spec.materialLengthBytes()));
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.ATTRIBUTE_READ_ONLY)) {
                makeTokenObjectByCopy(session, unwrap, spec, name);
                return;
            }
            throw e;
        }
        requireLength(session, handle, spec, unwrap);
        objects.verify(session, handle, template);
    }

    /** For SoftHSM, which puts the unwrapped value in after the template, and then holds it to CKA_MODIFIABLE. */
    private void makeTokenObjectByCopy(Session session, ToLongFunction<Target> unwrap, KeySpec spec, ObjectName name) {
        long passing = unwrap.applyAsLong(new Target(
                templates.copyableDataKey(name),
                value -> templates.createdDataKey(name, value),
                spec.materialLengthBytes()));
        try {
            requireLength(session, passing, spec, unwrap);
            long copy = session.copyObject(passing, KeyTemplates.copyIntoToken());
            objects.verify(session, copy, templates.copiedDataKey(name));
        } finally {
            TokenObjects.destroyQuietly(session, passing);
        }
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
                id.put(session.sign(new Mechanism.Plain(MechanismType.AES_CMAC), subkey, message, CMAC_LENGTH_BYTES));
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
        int modulusLengthBytes = lengthBytes(modulus(session, rsaKey));
        if (wrapped.length <= modulusLengthBytes) {
            throw failure(null);
        }
        Target oneTimeKey = passing(AES_LENGTHS_BYTES, AttributeType.UNWRAP);
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

    /**
     * RSA-OAEP. What is no number below the modulus is refused here (RFC 8017, section 5.1.2): tokens answer it with all
     * sorts of errors, NSS with CKR_ARGUMENTS_BAD.
     */
    private long unwrapOaep(Session session, long rsaKey, OaepHash hash, byte[] wrapped, Target target) {
        BigInteger modulus = modulus(session, rsaKey);
        if (wrapped.length != lengthBytes(modulus) || new BigInteger(1, wrapped).compareTo(modulus) >= 0) {
            throw failure(null);
        }
        return capabilities.has(inToken(hash))
                ? session.unwrapKey(new Mechanism.RsaOaep(hash), rsaKey, wrapped, target.inToken())
                : unwrapOaepOnHost(session, rsaKey, hash, wrapped, target);
    }

    private static long unwrapOaepOnHost(Session session, long rsaKey, OaepHash hash, byte[] wrapped, Target target) {
        byte[] encoded = session.decrypt(new Mechanism.Plain(MechanismType.RSA_X_509), rsaKey, wrapped, wrapped.length);
        if (encoded.length != wrapped.length) {
            Arrays.fill(encoded, (byte) 0);
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

    private static BigInteger modulus(Session session, long rsaKey) {
        return new BigInteger(1, session.read(rsaKey, AttributeType.MODULUS));
    }

    private static int lengthBytes(BigInteger modulus) {
        return (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private Target passing(int lengthBytes, AttributeType usage) {
        return passing(new int[] {lengthBytes}, usage);
    }

    private Target passing(int[] lengthsBytes, AttributeType usage) {
        return new Target(templates.passingKey(usage), value -> templates.passingKey(value, usage), lengthsBytes);
    }

    /** Destroys an unwrapped object that is not of its spec's length. */
    private void requireLength(Session session, long handle, KeySpec spec, ToLongFunction<Target> unwrap) {
        try {
            long told = told(session, handle);
            boolean right = told != 0 ? told == spec.materialLengthBytes() : isOfLength(session, spec, unwrap);
            if (!right) {
                throw failure(null);
            }
        } catch (RuntimeException | Error e) {
            TokenObjects.destroyQuietly(session, handle);
            throw e;
        }
    }

    /** What the token says of an object's length; 0 if it does not say. */
    private static long told(Session session, long handle) {
        try {
            byte[] value = session.read(handle, AttributeType.VALUE_LEN);
            return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong();
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.ATTRIBUTE_TYPE_INVALID)) {
                return 0;
            }
            throw e;
        }
    }

    private boolean isOfLength(Session session, KeySpec spec, ToLongFunction<Target> unwrap) {
        Target secret = new Target(templates.passingSecret(), templates::passingSecret, spec.materialLengthBytes());
        return new MaterialLength(session, templates)
                .is(
                        spec.materialLengthBytes(),
                        () -> unwrap.applyAsLong(secret),
                        () -> unwrap.applyAsLong(passing(spec.materialLengthBytes(), AttributeType.ENCRYPT)));
    }

    private static TokenException failure(@Nullable Throwable cause) {
        return new TokenException(Reason.UNWRAP_FAILED, "the wrapped material could not be unwrapped", cause);
    }
}
