package dev.keyward.contract;

/** How imported material is wrapped for its transport, by AWS KMS's names. */
public enum WrappingAlgorithm {
    /** RSA-OAEP with SHA-1 and MGF1-SHA-1, empty label. */
    RSAES_OAEP_SHA_1("SHA-1", false),
    /** RSA-OAEP with SHA-256 and MGF1-SHA-256, empty label. */
    RSAES_OAEP_SHA_256("SHA-256", false),
    /** An AES key under RSA-OAEP with SHA-1, followed by the material under that key by RFC 5649. */
    RSA_AES_KEY_WRAP_SHA_1("SHA-1", true),
    /** An AES key under RSA-OAEP with SHA-256, followed by the material under that key by RFC 5649. */
    RSA_AES_KEY_WRAP_SHA_256("SHA-256", true);

    private final String oaepHash;
    private final boolean viaAesKey;

    WrappingAlgorithm(String oaepHash, boolean viaAesKey) {
        this.oaepHash = oaepHash;
        this.viaAesKey = viaAesKey;
    }

    /** The hash of OAEP and of its MGF1, by its JCA name. */
    public String oaepHash() {
        return oaepHash;
    }

    /** Whether the material travels under a one-time AES key, which alone is under RSA. */
    public boolean viaAesKey() {
        return viaAesKey;
    }
}
