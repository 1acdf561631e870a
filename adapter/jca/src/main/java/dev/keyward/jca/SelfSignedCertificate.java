package dev.keyward.jca;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The certificate that a key pair shows until it is given another one: Java's key stores have no private key without. Its
 * subject and issuer is the key's id; it is valid from the key's creation on, without end. Source: RFC 5280, 4.1.
 */
final class SelfSignedCertificate {
    private static final String COMMON_NAME = "2.5.4.3";

    /** RFC 5280, 4.1.2.5: what has no well-defined end. */
    private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    /** What it is signed by, and how X.509 calls that. */
    private enum Signing {
        RSA(SignatureAlgorithm.RSASSA_PKCS1_V1_5_SHA_256, "1.2.840.113549.1.1.11"),
        P256(SignatureAlgorithm.ECDSA_SHA_256, "1.2.840.10045.4.3.2"),
        P384(SignatureAlgorithm.ECDSA_SHA_384, "1.2.840.10045.4.3.3"),
        P521(SignatureAlgorithm.ECDSA_SHA_512, "1.2.840.10045.4.3.4"),
        ED25519(SignatureAlgorithm.ED25519_SHA_512, "1.3.101.112");

        private static final int P256_BITS = 256;
        private static final int P384_BITS = 384;

        private final SignatureAlgorithm algorithm;
        private final byte[] identifier;

        Signing(SignatureAlgorithm algorithm, String objectIdentifier) {
            this.algorithm = algorithm;
            byte[] oid = Der.objectIdentifier(objectIdentifier);
            // RFC 4055 wants parameters that are null, RFC 5758 and RFC 8410 want none.
            identifier = algorithm.keyAlgorithm().equals("RSA") ? Der.sequence(oid, Der.nothing()) : Der.sequence(oid);
        }

        static Signing with(KmsPrivateKey key) {
            return switch (key) {
                case KmsRsaPrivateKey rsa -> RSA;
                case KmsEcPrivateKey curved ->
                    switch (curved.getParams().getOrder().bitLength()) {
                        case P256_BITS -> P256;
                        case P384_BITS -> P384;
                        default -> P521;
                    };
                case KmsEdPrivateKey edwards -> ED25519;
            };
        }
    }

    private SelfSignedCertificate() {}

    /**
     * Makes one.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the key does not sign
     */
    static X509Certificate of(KmsPrivateKey key, Instant created) {
        Signing signing = Signing.with(key);
        byte[] publicKey = key.publicKey().getEncoded();
        byte[] name = name(key.arn().substring(key.arn().lastIndexOf('/') + 1));
        try {
            byte[] toBeSigned = Der.sequence(
                    Der.integer(serialNumber(publicKey)),
                    signing.identifier,
                    name,
                    Der.sequence(Der.generalizedTime(created), Der.generalizedTime(NO_END)),
                    name,
                    publicKey);
            MessageToSign message = MessageToSign.of(signing.algorithm);
            message.add(toBeSigned, 0, toBeSigned.length);
            byte[] signature = key.sign(signing.algorithm, message.finish());
            byte[] certificate = Der.sequence(toBeSigned, signing.identifier, Der.bitString(signature));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK reads the certificate that was written", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.objectIdentifier(COMMON_NAME), Der.utf8(commonName))));
    }

    /** Sixteen bytes that depend on the key alone. */
    private static BigInteger serialNumber(byte[] publicKey) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
        return new BigInteger(1, digest, 0, 16);
    }
}
