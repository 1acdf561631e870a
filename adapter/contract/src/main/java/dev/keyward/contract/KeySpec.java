package dev.keyward.contract;

import java.util.Set;

/**
 * What a key is: one row for each key spec that Keyward offers. A spec that AWS KMS has and this table lacks is refused
 * by name.
 */
public enum KeySpec {
    /** A 256-bit AES key. */
    SYMMETRIC_DEFAULT(
            32,
            Set.of(KeyUsage.ENCRYPT_DECRYPT),
            Set.of(WrappingAlgorithm.RSAES_OAEP_SHA_1, WrappingAlgorithm.RSAES_OAEP_SHA_256));

    private final int materialLengthBytes;
    private final Set<KeyUsage> usages;
    private final Set<WrappingAlgorithm> wrappingAlgorithms;

    KeySpec(int materialLengthBytes, Set<KeyUsage> usages, Set<WrappingAlgorithm> wrappingAlgorithms) {
        this.materialLengthBytes = materialLengthBytes;
        this.usages = usages;
        this.wrappingAlgorithms = wrappingAlgorithms;
    }

    /** The length of the raw key, in bytes. */
    public int materialLengthBytes() {
        return materialLengthBytes;
    }

    /** The usages a key of this spec may have. */
    public Set<KeyUsage> usages() {
        return usages;
    }

    /** The wrapping algorithms by which material of this spec may be imported. */
    public Set<WrappingAlgorithm> wrappingAlgorithms() {
        return wrappingAlgorithms;
    }
}
