package dev.keyward.pkcs11;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.session.Session;
import dev.keyward.pkcs11.session.SessionPool;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The public halves of key pairs, which lie in the token beside the private ones. Thread-safe. */
final class PublicKeys {
    private static final byte UNCOMPRESSED = 4;

    private final SessionPool sessions;
    private final TokenObjects objects;
    private final CertifiedKeys certified;

    PublicKeys(SessionPool sessions, TokenObjects objects, CertifiedKeys certified) {
        this.sessions = sessions;
        this.objects = objects;
        this.certified = certified;
    }

    /** One as the DER of a SubjectPublicKeyInfo. */
    byte[] encoded(MaterialReference reference, KeySpec spec) {
        return sessions.use(session -> foundOr(
                () -> objects.use(session, reference, TokenObjects.Kind.PUBLIC_KEY, key -> read(session, key, spec)),
                () -> certified.encoded(session, reference, spec)));
    }

    /** Uses one as an object of the token. */
    <T> T use(Session session, MaterialReference reference, KeySpec spec, LongFunction<T> action) {
        return foundOr(
                () -> objects.use(session, reference, TokenObjects.Kind.PUBLIC_KEY, action),
                () -> certified.use(session, reference, spec, action));
    }

    private static <T> T foundOr(Supplier<T> object, Supplier<T> certificate) {
        try {
            return object.get();
        } catch (TokenException e) {
            if (e.reason() != Reason.OBJECT_MISSING) {
                throw e;
            }
            return certificate.get();
        }
    }

    /**
     * Reads one.
     *
     * @throws TokenException with {@link Reason#FAILED} if it is not of that spec
     */
    static byte[] read(Session session, long key, KeySpec spec) {
        return switch (spec.type()) {
            case RSA -> rsa(session, key, spec.lengthBits());
            case ELLIPTIC_CURVE -> {
                EllipticCurve curve = spec.curve().orElseThrow();
                byte[] point = point(session, key, 1 + 2 * curve.coordinateLengthBytes());
                if (point[0] != UNCOMPRESSED) {
                    throw new TokenException(Reason.FAILED, "the token gave a point that is not uncompressed");
                }
                yield SubjectPublicKeyInfo.ellipticCurve(curve, point);
            }
            case EDWARDS_CURVE -> {
                EllipticCurve curve = spec.curve().orElseThrow();
                yield SubjectPublicKeyInfo.edwardsCurve(curve, point(session, key, curve.coordinateLengthBytes()));
            }
            case AES, HMAC -> throw new IllegalArgumentException(spec + " is no spec of key pairs");
        };
    }

    /** Reads one, if it is of a kind that Java's certificates may be of; one that they may not would spoil them all. */
    static Optional<byte[]> readIfKnownToJava(Session session, long key) {
        return Arrays.stream(KeySpec.values())
                .filter(spec -> switch (spec.type()) {
                    case RSA -> isRsa(session, key, spec);
                    case ELLIPTIC_CURVE ->
                        spec.curve()
                                .map(curve -> curve != EllipticCurve.SECG_P256K1 && isOn(session, key, curve))
                                .orElse(false);
                    case AES, HMAC, EDWARDS_CURVE -> false;
                })
                .findFirst()
                .map(spec -> read(session, key, spec));
    }

    private static boolean isRsa(Session session, long key, KeySpec spec) {
        return session.has(key, new Attribute.Ulong(AttributeType.KEY_TYPE, KeyTemplates.RSA))
                && new BigInteger(1, session.read(key, AttributeType.MODULUS)).bitLength() == spec.lengthBits();
    }

    private static boolean isOn(Session session, long key, EllipticCurve curve) {
        return session.has(key, new Attribute.Ulong(AttributeType.KEY_TYPE, KeyTemplates.EC))
                && session.has(
                        key,
                        new Attribute.Bytes(AttributeType.EC_PARAMS, Der.objectIdentifier(curve.objectIdentifier())));
    }

    /** @throws TokenException with {@link Reason#FAILED} if the modulus is not of that length */
    static byte[] rsa(Session session, long key, int modulusBits) {
        BigInteger modulus = new BigInteger(1, session.read(key, AttributeType.MODULUS));
        BigInteger exponent = new BigInteger(1, session.read(key, AttributeType.PUBLIC_EXPONENT));
        if (modulus.bitLength() != modulusBits) {
            throw new TokenException(Reason.FAILED, "the token has an RSA key of " + modulus.bitLength() + " bits");
        }
        return SubjectPublicKeyInfo.rsa(modulus, exponent);
    }

    /** CKA_EC_POINT is the point in an OCTET STRING, which some tokens leave out. */
    private static byte[] point(Session session, long key, int lengthBytes) {
        byte[] told = session.read(key, AttributeType.EC_POINT);
        byte[] point = Arrays.copyOfRange(told, Math.max(0, told.length - lengthBytes), told.length);
        boolean wrapped = Arrays.equals(told, Der.octetString(point));
        if (point.length != lengthBytes || !(wrapped || told.length == lengthBytes)) {
            throw new TokenException(Reason.FAILED, "the token gave a public key that is no point of its curve");
        }
        return point;
    }
}
