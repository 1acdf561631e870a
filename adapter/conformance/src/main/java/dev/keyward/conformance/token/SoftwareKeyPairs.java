package dev.keyward.conformance.token;

import dev.keyward.contract.EllipticCurve;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyType;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.SigningAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/** Key pairs without a token, for every spec: Bouncy Castle has the curve that the JDK lacks. Stateless. */
final class SoftwareKeyPairs {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private SoftwareKeyPairs() {}

    static KeyPair generate(KeySpec spec) throws GeneralSecurityException {
        if (spec.curve().isEmpty()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", PROVIDER);
            generator.initialize(spec.lengthBits());
            return generator.generateKeyPair();
        }
        if (spec.type() == KeyType.EDWARDS_CURVE) {
            return KeyPairGenerator.getInstance("Ed25519", PROVIDER).generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
        generator.initialize(new ECGenParameterSpec(name(spec.curve().get())));
        return generator.generateKeyPair();
    }

    /** A public key out of its SubjectPublicKeyInfo. */
    static PublicKey publicKey(KeySpec spec, byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        String algorithm = switch (spec.type()) {
            case RSA -> "RSA";
            case ELLIPTIC_CURVE -> "EC";
            case EDWARDS_CURVE -> "Ed25519";
            case AES, HMAC -> throw new IllegalArgumentException(spec + " is no spec of key pairs");
        };
        return KeyFactory.getInstance(algorithm, PROVIDER).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    /**
     * The pair of a private key, whose public half is computed anew.
     *
     * @throws GeneralSecurityException if the bytes are no PKCS#8 of a key of that spec, or its halves do not fit together
     */
    static KeyPair ofPrivateKey(KeySpec spec, byte[] pkcs8) throws GeneralSecurityException {
        try {
            PrivateKey privateKey = KeyFactory.getInstance(spec.curve().isEmpty() ? "RSA" : "EC", PROVIDER)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            PublicKey publicKey = spec.curve().isEmpty()
                    ? publicKeyOf(spec, (RSAPrivateCrtKey) privateKey)
                    : publicKeyOf(spec.curve().get(), (ECPrivateKey) privateKey);
            SigningAlgorithm algorithm =
                    (SigningAlgorithm) spec.algorithms(KeyUsage.SIGN_VERIFY).getFirst();
            byte[] digest = new byte[algorithm.digestLengthBytes()];
            if (!verify(publicKey, algorithm, digest, sign(privateKey, algorithm, digest))) {
                throw new InvalidKeyException("the halves do not fit together");
            }
            return new KeyPair(publicKey, privateKey);
        } catch (RuntimeException e) { // what Bouncy Castle says of numbers that are no key
            throw new InvalidKeyException("not a private key of " + spec, e);
        }
    }

    private static PublicKey publicKeyOf(KeySpec spec, RSAPrivateCrtKey key) throws GeneralSecurityException {
        if (key.getModulus().bitLength() != spec.lengthBits()) {
            throw new InvalidKeyException("a modulus of " + key.getModulus().bitLength() + " bits");
        }
        return KeyFactory.getInstance("RSA", PROVIDER)
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    private static PublicKey publicKeyOf(EllipticCurve curve, ECPrivateKey key) throws GeneralSecurityException {
        ECNamedCurveParameterSpec named = ECNamedCurveTable.getParameterSpec(name(curve));
        if (!(key instanceof org.bouncycastle.jce.interfaces.ECPrivateKey own)
                || !own.getParameters().getCurve().equals(named.getCurve())) {
            throw new InvalidKeyException("a key on another curve");
        }
        return KeyFactory.getInstance("EC", PROVIDER)
                .generatePublic(new org.bouncycastle.jce.spec.ECPublicKeySpec(
                        named.getG().multiply(key.getS()).normalize(), named));
    }

    static byte[] oaep(int mode, Key key, EncryptionAlgorithm algorithm, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        String hash = algorithm.oaepHash();
        cipher.init(
                mode,
                key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        return cipher.doFinal(input);
    }

    /** The shared secret of a pair and a point, uncompressed. */
    static byte[] agree(KeyPair pair, byte[] publicPoint) throws GeneralSecurityException {
        int lengthBytes = publicPoint.length / 2;
        ECPoint point = new ECPoint(
                new BigInteger(1, publicPoint, 1, lengthBytes),
                new BigInteger(1, publicPoint, 1 + lengthBytes, lengthBytes));
        ECParameterSpec curve = ((ECPublicKey) pair.getPublic()).getParams();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", PROVIDER);
        agreement.init(pair.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC", PROVIDER).generatePublic(new ECPublicKeySpec(point, curve)), true);
        return agreement.generateSecret();
    }

    /** The public half of a pair on a curve, as an uncompressed point: the end of its SubjectPublicKeyInfo. */
    static byte[] point(KeySpec spec, byte[] subjectPublicKeyInfo) {
        int lengthBytes = 1 + 2 * spec.curve().orElseThrow().coordinateLengthBytes();
        return Arrays.copyOfRange(
                subjectPublicKeyInfo, subjectPublicKeyInfo.length - lengthBytes, subjectPublicKeyInfo.length);
    }

    static byte[] sign(PrivateKey key, SigningAlgorithm algorithm, byte[] digest) throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initSign(key);
        signature.update(input(algorithm, digest));
        return signature.sign();
    }

    static boolean verify(PublicKey key, SigningAlgorithm algorithm, byte[] digest, byte[] given)
            throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initVerify(key);
        signature.update(input(algorithm, digest));
        try {
            return signature.verify(given);
        } catch (SignatureException notOfItsForm) {
            return false;
        }
    }

    private static Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm.scheme()) {
            case RSASSA_PKCS1_V1_5 -> Signature.getInstance("NONEwithRSA", PROVIDER);
            case ECDSA -> Signature.getInstance("NONEwithECDSA", PROVIDER);
            case ED25519 -> Signature.getInstance("Ed25519", PROVIDER);
            case ED25519_PH -> throw new NoSuchAlgorithmException("Ed25519ph");
            case RSASSA_PSS -> {
                Signature pss = Signature.getInstance("RAWRSASSA-PSS", PROVIDER);
                String hash = algorithm.hash();
                pss.setParameter(new PSSParameterSpec(
                        hash, "MGF1", new MGF1ParameterSpec(hash), algorithm.digestLengthBytes(), 1));
                yield pss;
            }
        };
    }

    private static byte[] input(SigningAlgorithm algorithm, byte[] digest) {
        if (algorithm.scheme() != SigningAlgorithm.Scheme.RSASSA_PKCS1_V1_5) {
            return digest;
        }
        ASN1ObjectIdentifier hash = switch (algorithm.hash()) {
            case "SHA-256" -> NISTObjectIdentifiers.id_sha256;
            case "SHA-384" -> NISTObjectIdentifiers.id_sha384;
            default -> NISTObjectIdentifiers.id_sha512;
        };
        try {
            return new DigestInfo(new AlgorithmIdentifier(hash, DERNull.INSTANCE), digest).getEncoded();
        } catch (IOException e) {
            throw new AssertionError("nothing is written anywhere", e);
        }
    }

    private static String name(EllipticCurve curve) {
        return switch (curve) {
            case NIST_P256 -> "secp256r1";
            case NIST_P384 -> "secp384r1";
            case NIST_P521 -> "secp521r1";
            case SECG_P256K1 -> "secp256k1";
            case EDWARDS25519 -> throw new IllegalArgumentException(curve + " has a generator of its own");
        };
    }
}
