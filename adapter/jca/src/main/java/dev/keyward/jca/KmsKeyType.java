package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;

/** For each key spec of AWS KMS that the services here use: what its keys are to Java. */
enum KmsKeyType {
    // spotless:off
    // spec               kind                 algorithm
    SYMMETRIC_DEFAULT    (Kind.SECRET,         "KMS"),
    HMAC_224             (Kind.SECRET,         "HmacSHA224"),
    HMAC_256             (Kind.SECRET,         "HmacSHA256"),
    HMAC_384             (Kind.SECRET,         "HmacSHA384"),
    HMAC_512             (Kind.SECRET,         "HmacSHA512"),
    RSA_2048             (Kind.RSA,            "RSA"),
    RSA_3072             (Kind.RSA,            "RSA"),
    RSA_4096             (Kind.RSA,            "RSA"),
    ECC_NIST_P256        (Kind.ELLIPTIC_CURVE, "EC"),
    ECC_NIST_P384        (Kind.ELLIPTIC_CURVE, "EC"),
    ECC_NIST_P521        (Kind.ELLIPTIC_CURVE, "EC"),
    ECC_NIST_EDWARDS25519(Kind.EDWARDS_CURVE,  "EdDSA");
    // spotless:on

    /** What sort of key object it is. */
    enum Kind {
        SECRET,
        RSA,
        ELLIPTIC_CURVE,
        EDWARDS_CURVE
    }

    private final Kind kind;
    private final String algorithm;

    KmsKeyType(Kind kind, String algorithm) {
        this.kind = kind;
        this.algorithm = algorithm;
    }

    /**
     * That of a key spec.
     *
     * @throws InvalidKeyException if no service here uses its keys
     */
    static KmsKeyType of(String keySpec) throws InvalidKeyException {
        return find(keySpec)
                .orElseThrow(
                        () -> new InvalidKeyException("no algorithm of this provider uses keys of spec " + keySpec));
    }

    /** That of a key spec, if any service here uses its keys. */
    static Optional<KmsKeyType> find(String keySpec) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(keySpec))
                .findAny();
    }

    Kind kind() {
        return kind;
    }

    /** What {@link java.security.Key#getAlgorithm} says. */
    String algorithm() {
        return algorithm;
    }
}
