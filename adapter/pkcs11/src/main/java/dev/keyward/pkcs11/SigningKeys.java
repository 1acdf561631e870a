package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.SigningAlgorithm;
import dev.keyward.contract.SigningAlgorithm.Scheme;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.PssHash;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.util.Optional;

/** Key pairs that sign. Thread-safe. */
final class SigningKeys {
    private static final int MAXIMUM_MESSAGE_BYTES = 64 * 1024;

    private final HsmProfile profile;
    private final Capabilities capabilities;
    private final SessionPool sessions;
    private final TokenObjects objects;
    private final PublicKeys publicKeys;

    SigningKeys(
            HsmProfile profile,
            Capabilities capabilities,
            SessionPool sessions,
            TokenObjects objects,
            PublicKeys publicKeys) {
        this.profile = profile;
        this.capabilities = capabilities;
        this.sessions = sessions;
        this.objects = objects;
        this.publicKeys = publicKeys;
    }

    byte[] sign(MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest) {
        byte[] input = input(algorithm, digest);
        Mechanism mechanism = mechanism(algorithm);
        byte[] signature = sessions.use(session -> objects.use(
                session,
                reference,
                TokenObjects.Kind.PRIVATE_KEY,
                key -> session.sign(mechanism, key, input, lengthBytes(spec))));
        return algorithm.scheme() == Scheme.ECDSA ? EcdsaSignature.toDer(signature) : signature;
    }

    boolean verify(
            MaterialReference reference, KeySpec spec, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
        byte[] input = input(algorithm, digest);
        Mechanism mechanism = mechanism(algorithm);
        return ofToken(spec, algorithm, signature)
                .map(given -> sessions.use(session ->
                        publicKeys.use(session, reference, spec, key -> verify(session, mechanism, key, input, given))))
                .orElse(false);
    }

    /** Whether a signature, in the form of PKCS#11, is what that public key verifies. */
    boolean verify(Session session, Mechanism mechanism, long key, byte[] input, byte[] signature) {
        try {
            return session.verify(mechanism, key, input, signature);
        } catch (Pkcs11Exception e) {
            if (profile.saysDeviceErrorOfWrongSignatures() && e.is(ReturnValue.DEVICE_ERROR)) {
                return false;
            }
            throw e;
        }
    }

    /** What the mechanism takes for a digest. */
    private byte[] input(SigningAlgorithm algorithm, byte[] digest) {
        capabilities.require(algorithm);
        boolean fits = algorithm.signsMessage()
                ? digest.length >= 1 && digest.length <= MAXIMUM_MESSAGE_BYTES
                : digest.length == algorithm.digestLengthBytes();
        if (!fits) {
            throw new TokenException(Reason.FAILED, algorithm + " does not sign " + digest.length + " bytes");
        }
        return switch (algorithm.scheme()) {
            case RSASSA_PKCS1_V1_5 -> digestInfo(algorithm.hash(), digest);
            case RSASSA_PSS, ECDSA, ED25519, ED25519_PH -> digest;
        };
    }

    private static Mechanism mechanism(SigningAlgorithm algorithm) {
        return switch (algorithm.scheme()) {
            case RSASSA_PKCS1_V1_5, ECDSA, ED25519, ED25519_PH -> new Mechanism.Plain(KeyMechanisms.of(algorithm));
            case RSASSA_PSS -> new Mechanism.RsaPss(PssHash.of(algorithm.hash()));
        };
    }

    /** RFC 8017, section 9.2, step 2. */
    private static byte[] digestInfo(String hash, byte[] digest) {
        String identifier = switch (hash) {
            case "SHA-256" -> "2.16.840.1.101.3.4.2.1";
            case "SHA-384" -> "2.16.840.1.101.3.4.2.2";
            case "SHA-512" -> "2.16.840.1.101.3.4.2.3";
            default -> throw new IllegalArgumentException("no object identifier is known of " + hash);
        };
        return Der.sequence(Der.sequence(Der.objectIdentifier(identifier), Der.nothing()), Der.octetString(digest));
    }

    /** A signature in the form of PKCS#11; nothing if it cannot be one of such a key. */
    private static Optional<byte[]> ofToken(KeySpec spec, SigningAlgorithm algorithm, byte[] signature) {
        Optional<byte[]> given = algorithm.scheme() == Scheme.ECDSA
                ? EcdsaSignature.fromDer(signature, lengthBytes(spec) / 2)
                : Optional.of(signature);
        return given.filter(bytes -> bytes.length == lengthBytes(spec));
    }

    /** How long a signature is, in the form of PKCS#11. */
    static int lengthBytes(KeySpec spec) {
        return spec.curve()
                .map(EllipticCurve::coordinateLengthBytes)
                .map(coordinate -> 2 * coordinate)
                .orElseGet(spec::materialLengthBytes);
    }
}
