package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.WrappedMaterial;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.mechanism.Template;
import dev.keyward.pkcs11.session.Session;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Key pairs whose private half comes in wrapped. The public one is what the token says of the private one, not what came
 * with it: of an RSA key its modulus and exponent; of a key on a curve the point that the token comes to by agreeing with
 * the curve's own generator, which gives x, and of the two points with that x the one that verifies. Whatever is found must
 * verify what the private half signs. Thread-safe.
 */
final class ImportedKeyPairs {
    private static final int MESSAGE_LENGTH_BYTES = 32;
    /** FIPS 186-5, A.1.1; and the JDK, which encrypts to the key, takes no longer exponents. */
    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65537);

    private static final int LONGEST_EXPONENT_BITS = 64;

    private final KeyTemplates templates;
    private final TokenObjects objects;
    private final Unwrapping unwrapping;
    private final SigningKeys signingKeys;

    ImportedKeyPairs(KeyTemplates templates, TokenObjects objects, Unwrapping unwrapping, SigningKeys signingKeys) {
        this.templates = templates;
        this.objects = objects;
        this.unwrapping = unwrapping;
        this.signingKeys = signingKeys;
    }

    /**
     * A public half.
     *
     * @param value what an object is made of it by
     * @param encoded the DER of its SubjectPublicKeyInfo
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record PublicHalf(PublicKeyValue value, byte[] encoded) {}

    /** The hash of the public half and of the key that it is for. */
    MaterialId identify(Session session, WrappedMaterial material, KeyId key) {
        MessageDigest digest = sha256();
        digest.update(Importing.identification(key));
        digest.update(publicHalf(session, material).encoded());
        return MaterialId.of(digest.digest());
    }

    /** Makes the public half first: what has a private half is whole. */
    void make(Session session, WrappedMaterial material, KeyUsage usage, ObjectName name) {
        KeySpec spec = material.spec();
        PublicHalf half = publicHalf(session, material);
        Template publicTemplate = templates.createdPublicKey(name, spec, usage, half.value());
        long publicKey = session.createObject(publicTemplate);
        try {
            objects.verify(session, publicKey, publicTemplate);
            requireSame(half.encoded(), PublicKeys.read(session, publicKey, spec));
            long privateKey = ImportedObjects.make(
                    session,
                    objects,
                    new ImportedObjects.Templates(
                            templates.privateKey(name, spec, usage),
                            templates.copyablePrivateKey(name, spec, usage),
                            templates.copiedPrivateKey(name, spec, usage)),
                    template -> unwrapping.unwrap(session, material, new UnwrapTarget.PrivateKey(template)),
                    _ -> {});
            assert privateKey != publicKey;
        } catch (RuntimeException | Error e) {
            TokenObjects.destroyQuietly(session, publicKey);
            throw e;
        }
    }

    private PublicHalf publicHalf(Session session, WrappedMaterial material) {
        KeySpec spec = material.spec();
        Template passing = spec.type() == KeyType.RSA
                ? templates.passingPrivateKey(spec, AttributeType.SIGN)
                : templates.passingPrivateKey(spec, AttributeType.SIGN, AttributeType.DERIVE);
        long privateKey = unwrapping.unwrap(session, material, new UnwrapTarget.PrivateKey(passing));
        try {
            return Unwrapping.refusing(() -> publicHalf(session, privateKey, spec));
        } finally {
            TokenObjects.destroyQuietly(session, privateKey);
        }
    }

    private PublicHalf publicHalf(Session session, long privateKey, KeySpec spec) {
        List<PublicKeyValue> candidates = spec.type() == KeyType.RSA
                ? List.of(rsa(session, privateKey, spec))
                : points(session, privateKey, spec.curve().orElseThrow());
        Mechanism mechanism =
                new Mechanism.Plain(spec.type() == KeyType.RSA ? MechanismType.RSA_PKCS : MechanismType.ECDSA);
        byte[] message = session.random(MESSAGE_LENGTH_BYTES);
        byte[] signature = session.sign(mechanism, privateKey, message, SigningKeys.lengthBytes(spec));
        for (PublicKeyValue candidate : candidates) {
            long publicKey = session.createObject(templates.passingPublicKey(candidate));
            try {
                if (signingKeys.verify(session, mechanism, publicKey, message, signature)) {
                    return new PublicHalf(candidate, PublicKeys.read(session, publicKey, spec));
                }
            } finally {
                TokenObjects.destroyQuietly(session, publicKey);
            }
        }
        throw Unwrapping.failure(null);
    }

    private static PublicKeyValue rsa(Session session, long privateKey, KeySpec spec) {
        BigInteger modulus = new BigInteger(1, session.read(privateKey, AttributeType.MODULUS));
        BigInteger exponent = new BigInteger(1, session.read(privateKey, AttributeType.PUBLIC_EXPONENT));
        boolean good = modulus.bitLength() == spec.lengthBits()
                && exponent.testBit(0)
                && exponent.compareTo(SMALLEST_EXPONENT) >= 0
                && exponent.bitLength() <= LONGEST_EXPONENT_BITS;
        if (!good) {
            throw Unwrapping.failure(null);
        }
        return PublicKeyValue.rsa(modulus, exponent);
    }

    private List<PublicKeyValue> points(Session session, long privateKey, EllipticCurve curve) {
        if (!session.has(privateKey, PublicKeyValue.curve(curve))) {
            throw Unwrapping.failure(null);
        }
        WeierstrassCurve equation = WeierstrassCurve.of(curve).orElseThrow();
        byte[] x = AgreementKeys.derive(
                session, privateKey, equation.generator(), templates.sharedSecret(curve.coordinateLengthBytes()));
        return equation.points(x).stream()
                .map(point -> PublicKeyValue.onCurve(curve, point))
                .toList();
    }

    private static void requireSame(byte[] found, byte[] made) {
        if (!Arrays.equals(found, made)) {
            throw new TokenException(Reason.FAILED, "the token made another public key than it was given");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
