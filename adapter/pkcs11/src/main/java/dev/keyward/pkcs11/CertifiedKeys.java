package dev.keyward.pkcs11;

import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.mechanism.Attribute;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.mechanism.Mechanism;
import dev.keyward.pkcs11.mechanism.MechanismType;
import dev.keyward.pkcs11.session.Session;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongFunction;
import javax.crypto.KeyAgreement;

/**
 * The public halves of pairs that SunPKCS11 has made: it leaves a certificate in the token and no public key. Into many tokens
 * a certificate can be put by whoever can open them, PIN or not; so it is believed only after a use of the private key that
 * fits it. Thread-safe.
 */
final class CertifiedKeys {
    private static final int CHALLENGE_LENGTH_BYTES = 32;

    private final KeyTemplates templates;
    private final TokenObjects objects;
    private final ConcurrentMap<MaterialReference, PublicKey> tried = new ConcurrentHashMap<>();

    CertifiedKeys(KeyTemplates templates, TokenObjects objects) {
        this.templates = templates;
        this.objects = objects;
    }

    /**
     * One as the DER of a SubjectPublicKeyInfo.
     *
     * @throws TokenException with {@link Reason#OBJECT_MISSING} if there is no such pair, or no certificate of it, or with
     *     {@link Reason#FAILED} if the certificate is another key's
     */
    byte[] encoded(Session session, MaterialReference reference, KeySpec spec) {
        return objects.use(
                session,
                reference,
                TokenObjects.Kind.PRIVATE_KEY,
                privateKey -> publicKey(session, reference, privateKey, spec).getEncoded());
    }

    /** Uses one as a session object, which is destroyed afterwards. */
    <T> T use(Session session, MaterialReference reference, KeySpec spec, LongFunction<T> action) {
        return objects.use(
                session,
                reference,
                TokenObjects.Kind.PRIVATE_KEY,
                privateKey -> asSessionObject(session, publicKey(session, reference, privateKey, spec), spec, action));
    }

    /** Forgets what it knows of a pair that is destroyed. */
    void forget(MaterialReference reference) {
        tried.remove(reference);
    }

    private PublicKey publicKey(Session session, MaterialReference reference, long privateKey, KeySpec spec) {
        PublicKey known = tried.get(reference);
        if (known != null) {
            return known;
        }
        PublicKey shown = read(session, reference);
        if (!isOfSpec(shown, spec) || !belongsTo(session, privateKey, shown, spec)) {
            throw new TokenException(
                    Reason.FAILED,
                    "the certificate of " + ObjectName.of(reference).label() + " is not that of its key");
        }
        tried.put(reference, shown);
        return shown;
    }

    private PublicKey read(Session session, MaterialReference reference) {
        ObjectName name = ObjectName.of(reference);
        List<Long> certificates =
                objects.search(() -> session.find(KeyTemplates.search(KeyTemplates.CERTIFICATE_CLASS, name)));
        if (certificates.size() != 1) {
            throw new TokenException(
                    Reason.OBJECT_MISSING,
                    "the token holds " + certificates.size() + " certificates and no public key " + name.label());
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(session.read(certificates.getFirst(), AttributeType.VALUE)))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new TokenException(Reason.FAILED, "the certificate of " + name.label() + " cannot be read", e);
        }
    }

    private static boolean isOfSpec(PublicKey key, KeySpec spec) {
        return switch (key) {
            case RSAPublicKey rsa ->
                spec.type() == KeyType.RSA && rsa.getModulus().bitLength() == spec.lengthBits();
            case ECPublicKey curved ->
                spec.type() == KeyType.ELLIPTIC_CURVE
                        && curved.getParams().getCurve().getField().getFieldSize() == spec.lengthBits();
            default -> false;
        };
    }

    private boolean belongsTo(Session session, long privateKey, PublicKey publicKey, KeySpec spec) {
        if (publicKey instanceof RSAPublicKey rsa) {
            return rsa.getModulus().equals(new BigInteger(1, session.read(privateKey, AttributeType.MODULUS)))
                    && rsa.getPublicExponent()
                            .equals(new BigInteger(1, session.read(privateKey, AttributeType.PUBLIC_EXPONENT)));
        }
        return session.has(privateKey, new Attribute.Flag(AttributeType.SIGN, true))
                ? signs(session, privateKey, publicKey, spec)
                : agrees(session, privateKey, (ECPublicKey) publicKey, spec);
    }

    private boolean signs(Session session, long privateKey, PublicKey publicKey, KeySpec spec) {
        Mechanism ecdsa = new Mechanism.Plain(MechanismType.ECDSA);
        byte[] challenge = session.random(CHALLENGE_LENGTH_BYTES);
        int lengthBytes = 2 * spec.curve().orElseThrow().coordinateLengthBytes();
        byte[] signature = session.sign(ecdsa, privateKey, challenge, lengthBytes);
        return asSessionObject(session, publicKey, spec, key -> session.verify(ecdsa, key, challenge, signature));
    }

    private boolean agrees(Session session, long privateKey, ECPublicKey publicKey, KeySpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(publicKey.getParams());
            KeyPair passing = generator.generateKeyPair();
            KeyAgreement onHost = KeyAgreement.getInstance("ECDH");
            onHost.init(passing.getPrivate());
            onHost.doPhase(publicKey, true);
            byte[] inToken = AgreementKeys.derive(
                    session, privateKey, point(passing.getPublic(), spec), templates.sharedSecret(coordinate(spec)));
            return MessageDigest.isEqual(inToken, onHost.generateSecret());
        } catch (GeneralSecurityException e) {
            throw new TokenException(Reason.FAILED, "trying a key pair", e);
        }
    }

    private <T> T asSessionObject(Session session, PublicKey publicKey, KeySpec spec, LongFunction<T> action) {
        long key = session.createObject(templates.passingPublicKey(
                publicKey instanceof RSAPublicKey rsa
                        ? PublicKeyValue.rsa(rsa.getModulus(), rsa.getPublicExponent())
                        : PublicKeyValue.onCurve(spec.curve().orElseThrow(), point(publicKey, spec))));
        try {
            return action.apply(key);
        } finally {
            TokenObjects.destroyQuietly(session, key);
        }
    }

    private static int coordinate(KeySpec spec) {
        return spec.curve().orElseThrow().coordinateLengthBytes();
    }

    /** Uncompressed: the end of the SubjectPublicKeyInfo. */
    private static byte[] point(PublicKey key, KeySpec spec) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 1 - 2 * coordinate(spec), encoded.length);
    }
}
