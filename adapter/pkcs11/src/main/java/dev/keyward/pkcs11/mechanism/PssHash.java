package dev.keyward.pkcs11.mechanism;

/** A hash of RSASSA-PSS and of its mask generation function, which are always the same one here. */
public enum PssHash {
    SHA_256("SHA-256", 0x250, 2, 32),
    SHA_384("SHA-384", 0x260, 3, 48),
    SHA_512("SHA-512", 0x270, 4, 64);

    private final String algorithm;
    private final long mechanism;
    private final long maskGeneration;
    private final int lengthBytes;

    PssHash(String algorithm, long mechanism, long maskGeneration, int lengthBytes) {
        this.algorithm = algorithm;
        this.mechanism = mechanism;
        this.maskGeneration = maskGeneration;
        this.lengthBytes = lengthBytes;
    }

    /** The CK_MECHANISM_TYPE of the hash. */
    long mechanism() {
        return mechanism;
    }

    /** The CK_RSA_PKCS_MGF_TYPE. */
    long maskGeneration() {
        return maskGeneration;
    }

    /** The length of a digest, and of the salt. */
    int lengthBytes() {
        return lengthBytes;
    }

    /**
     * The one of that JCA name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PssHash of(String algorithm) {
        for (PssHash hash : values()) {
            if (hash.algorithm.equals(algorithm)) {
                return hash;
            }
        }
        throw new IllegalArgumentException("no PSS with " + algorithm);
    }
}
