package dev.keyward.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a key is: one row for each key spec that Keyward offers, with all that follows from it. Whatever asks what a key
 * can do asks this table. A spec that AWS KMS has and this table lacks is refused by name.
 *
 * <p>Source: AWS KMS Developer Guide, "Key spec reference".
 */
public enum KeySpec {
    // spotless:off
    // spec            type            bits algorithms                                       wrapped for import by
    SYMMETRIC_DEFAULT (KeyType.AES,    256, List.of(EncryptionAlgorithm.SYMMETRIC_DEFAULT),  Set.of(WrappingAlgorithm.RSAES_OAEP_SHA_1,
                                                                                                   WrappingAlgorithm.RSAES_OAEP_SHA_256)),
    HMAC_224          (KeyType.HMAC,   224, List.of(MacAlgorithm.HMAC_SHA_224),              Set.of()),
    HMAC_256          (KeyType.HMAC,   256, List.of(MacAlgorithm.HMAC_SHA_256),              Set.of()),
    HMAC_384          (KeyType.HMAC,   384, List.of(MacAlgorithm.HMAC_SHA_384),              Set.of()),
    HMAC_512          (KeyType.HMAC,   512, List.of(MacAlgorithm.HMAC_SHA_512),              Set.of());
    // spotless:on

    private final KeyType type;
    private final int lengthBits;
    private final List<KeyAlgorithm> algorithms;
    private final Set<WrappingAlgorithm> wrappingAlgorithms;

    KeySpec(
            KeyType type,
            int lengthBits,
            List<? extends KeyAlgorithm> algorithms,
            Set<WrappingAlgorithm> wrappingAlgorithms) {
        this.type = type;
        this.lengthBits = lengthBits;
        this.algorithms = List.copyOf(algorithms);
        this.wrappingAlgorithms = wrappingAlgorithms;
    }

    /** What its material is made of. */
    public KeyType type() {
        return type;
    }

    /** The length of the raw key, in bytes. */
    public int materialLengthBytes() {
        return lengthBits / Byte.SIZE;
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
