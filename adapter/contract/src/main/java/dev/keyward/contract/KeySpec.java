package dev.keyward.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a key is: one row for each key spec that Keyward offers, with all that follows from it. Whatever asks what a key
 * can do asks this table. A spec that AWS KMS has and this table lacks is refused by name.
 *
 * <p>Source: AWS KMS Developer Guide, "Key spec reference".
 */
public enum KeySpec {
    // spotless:off
    // spec                type                    bits  curve                       wrapped by       algorithms
    SYMMETRIC_DEFAULT    (KeyType.AES,            256,  null,                       Wrapped.BY_OAEP, EncryptionAlgorithm.SYMMETRIC_DEFAULT),
    HMAC_224             (KeyType.HMAC,           224,  null,                       Wrapped.BY_OAEP, MacAlgorithm.HMAC_SHA_224),
    HMAC_256             (KeyType.HMAC,           256,  null,                       Wrapped.BY_OAEP, MacAlgorithm.HMAC_SHA_256),
    HMAC_384             (KeyType.HMAC,           384,  null,                       Wrapped.BY_OAEP, MacAlgorithm.HMAC_SHA_384),
    HMAC_512             (KeyType.HMAC,           512,  null,                       Wrapped.BY_OAEP, MacAlgorithm.HMAC_SHA_512),
    RSA_2048             (KeyType.RSA,            2048, null,                       Wrapped.BY_AES,  Algorithms.OF_RSA),
    RSA_3072             (KeyType.RSA,            3072, null,                       Wrapped.BY_AES,  Algorithms.OF_RSA),
    RSA_4096             (KeyType.RSA,            4096, null,                       Wrapped.BY_AES,  Algorithms.OF_RSA),
    ECC_NIST_P256        (KeyType.ELLIPTIC_CURVE, 256,  EllipticCurve.NIST_P256,    Wrapped.BY_BOTH, SigningAlgorithm.ECDSA_SHA_256, KeyAgreementAlgorithm.ECDH),
    ECC_NIST_P384        (KeyType.ELLIPTIC_CURVE, 384,  EllipticCurve.NIST_P384,    Wrapped.BY_BOTH, SigningAlgorithm.ECDSA_SHA_384, KeyAgreementAlgorithm.ECDH),
    ECC_NIST_P521        (KeyType.ELLIPTIC_CURVE, 521,  EllipticCurve.NIST_P521,    Wrapped.BY_BOTH, SigningAlgorithm.ECDSA_SHA_512, KeyAgreementAlgorithm.ECDH),
    ECC_SECG_P256K1      (KeyType.ELLIPTIC_CURVE, 256,  EllipticCurve.SECG_P256K1,  Wrapped.BY_BOTH, SigningAlgorithm.ECDSA_SHA_256),
    ECC_NIST_EDWARDS25519(KeyType.EDWARDS_CURVE,  255,  EllipticCurve.EDWARDS25519, Wrapped.NOT,     SigningAlgorithm.ED25519_SHA_512, SigningAlgorithm.ED25519_PH_SHA_512);
    // spotless:on

    /** What material may be wrapped by: AWS KMS API Reference, GetParametersForImport. */
    private static final class Wrapped {
        private static final Set<WrappingAlgorithm> BY_OAEP =
                Set.of(WrappingAlgorithm.RSAES_OAEP_SHA_1, WrappingAlgorithm.RSAES_OAEP_SHA_256);
        private static final Set<WrappingAlgorithm> BY_AES =
                Set.of(WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_1, WrappingAlgorithm.RSA_AES_KEY_WRAP_SHA_256);
        private static final Set<WrappingAlgorithm> BY_BOTH = Set.of(WrappingAlgorithm.values());
        private static final Set<WrappingAlgorithm> NOT = Set.of();
    }

    /** What all keys of a type compute. */
    private static final class Algorithms {
        private static final KeyAlgorithm[] OF_RSA = {
            EncryptionAlgorithm.RSAES_OAEP_SHA_1,
            EncryptionAlgorithm.RSAES_OAEP_SHA_256,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_384,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_512,
            SigningAlgorithm.RSASSA_PSS_SHA_256,
            SigningAlgorithm.RSASSA_PSS_SHA_384,
            SigningAlgorithm.RSASSA_PSS_SHA_512
        };
    }

    private final KeyType type;
    private final int lengthBits;
    private final @Nullable EllipticCurve curve;
    private final Set<WrappingAlgorithm> wrappingAlgorithms;
    private final List<KeyAlgorithm> algorithms;

    KeySpec(
            KeyType type,
            int lengthBits,
            @Nullable EllipticCurve curve,
            Set<WrappingAlgorithm> wrappingAlgorithms,
            KeyAlgorithm... algorithms) {
        this.type = type;
        this.lengthBits = lengthBits;
        this.curve = curve;
        this.wrappingAlgorithms = wrappingAlgorithms;
        this.algorithms = List.copyOf(Arrays.asList(algorithms));
    }

    /** What its material is made of. */
    public KeyType type() {
        return type;
    }

    /** The length of the secret key, of the modulus or of the curve's field, in bits. */
    public int lengthBits() {
        return lengthBits;
    }

    /** The length of the raw key, of a spec of secret keys, or of the modulus, in bytes. */
    public int materialLengthBytes() {
        return lengthBits / Byte.SIZE;
    }

    /** The curve of its key pairs. */
    public Optional<EllipticCurve> curve() {
        return Optional.ofNullable(curve);
    }

    /** Everything that its keys compute, whatever their usage, in AWS KMS's order. */
    public List<KeyAlgorithm> algorithms() {
        return algorithms;
    }

    /** What its keys of that usage compute, in AWS KMS's order. */
    public List<KeyAlgorithm> algorithms(KeyUsage usage) {
        return algorithms.stream()
                .filter(algorithm -> algorithm.usage() == usage)
                .toList();
    }

    /** The usages a key of this spec may have. Each key has one of them. */
    public Set<KeyUsage> usages() {
        return algorithms.stream().map(KeyAlgorithm::usage).collect(Collectors.toUnmodifiableSet());
    }

    /** The wrapping algorithms by which material of this spec may be imported; none if it cannot be. */
    public Set<WrappingAlgorithm> wrappingAlgorithms() {
        return wrappingAlgorithms;
    }
}
