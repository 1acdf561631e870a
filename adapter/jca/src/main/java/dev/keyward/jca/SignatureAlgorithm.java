package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** One row for each signing algorithm of AWS KMS that the services here offer: what it is to Java. */
enum SignatureAlgorithm {
    // spotless:off
    // AWS KMS                      keys     digest     what KMS is given
    RSASSA_PKCS1_V1_5_SHA_256      ("RSA",   "SHA-256", MessageType.DIGEST),
    RSASSA_PKCS1_V1_5_SHA_384      ("RSA",   "SHA-384", MessageType.DIGEST),
    RSASSA_PKCS1_V1_5_SHA_512      ("RSA",   "SHA-512", MessageType.DIGEST),
    RSASSA_PSS_SHA_256             ("RSA",   "SHA-256", MessageType.DIGEST),
    RSASSA_PSS_SHA_384             ("RSA",   "SHA-384", MessageType.DIGEST),
    RSASSA_PSS_SHA_512             ("RSA",   "SHA-512", MessageType.DIGEST),
    ECDSA_SHA_256                  ("EC",    "SHA-256", MessageType.DIGEST),
    ECDSA_SHA_384                  ("EC",    "SHA-384", MessageType.DIGEST),
    ECDSA_SHA_512                  ("EC",    "SHA-512", MessageType.DIGEST),
    ED25519_SHA_512                ("EdDSA", "SHA-512", MessageType.RAW);
    // spotless:on

    private static final String DIGEST_PREFIX = "SHA-";

    private final String keyAlgorithm;
    private final String digest;
    private final MessageType messageType;

    SignatureAlgorithm(String keyAlgorithm, String digest, MessageType messageType) {
        this.keyAlgorithm = keyAlgorithm;
        this.digest = digest;
        this.messageType = messageType;
    }

    /**
     * The RSASSA-PSS algorithm that has exactly these parameters.
     *
     * @throws InvalidAlgorithmParameterException if AWS KMS has none
     */
    static SignatureAlgorithm of(PSSParameterSpec parameters) throws InvalidAlgorithmParameterException {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().startsWith("RSASSA_PSS_") && algorithm.has(parameters))
                .findAny()
                .orElseThrow(() -> new InvalidAlgorithmParameterException(
                        "AWS KMS has RSASSA-PSS with SHA-256, SHA-384 or SHA-512 for message and mask alike, and a salt"
                                + " as long as the digest; not " + parameters));
    }

    private boolean has(PSSParameterSpec parameters) {
        return parameters.getDigestAlgorithm().equals(digest)
                && parameters.getMGFAlgorithm().equals("MGF1")
                && parameters.getMGFParameters() instanceof MGF1ParameterSpec mask
                && mask.getDigestAlgorithm().equals(digest)
                && parameters.getSaltLength() == digestBytes()
                && parameters.getTrailerField() == PSSParameterSpec.TRAILER_FIELD_BC;
    }

    /** Its parameters, of one of RSASSA-PSS. */
    AlgorithmParameters pssParameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(new PSSParameterSpec(
                    digest, "MGF1", new MGF1ParameterSpec(digest), digestBytes(), PSSParameterSpec.TRAILER_FIELD_BC));
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("the JDK writes parameters of RSASSA-PSS", e);
        }
    }

    private int digestBytes() {
        return Integer.parseInt(digest.substring(DIGEST_PREFIX.length())) / Byte.SIZE;
    }

    /** What {@link java.security.Key#getAlgorithm} of its keys says. */
    String keyAlgorithm() {
        return keyAlgorithm;
    }

    /** What a message is digested by. */
    String digest() {
        return digest;
    }

    /** Whether KMS is given the digest, or the message itself since it is digested there, and more than once. */
    MessageType messageType() {
        return messageType;
    }

    SigningAlgorithmSpec inKms() {
        return SigningAlgorithmSpec.fromValue(name());
    }
}
