package dev.keyward.contract;

/** How messages are encrypted, by AWS KMS's names. */
public enum EncryptionAlgorithm implements KeyAlgorithm {
    /** AES-256-GCM, with the encryption context as associated data. */
    SYMMETRIC_DEFAULT,
    /** RSA-OAEP with SHA-1 and MGF1-SHA-1, empty label (RFC 8017, section 7.1). */
    RSAES_OAEP_SHA_1("SHA-1", 20),
    /** RSA-OAEP with SHA-256 and MGF1-SHA-256, empty label. */
    RSAES_OAEP_SHA_256("SHA-256", 32);

    private static final int MAXIMUM_SYMMETRIC_PLAINTEXT_BYTES = 4096;

    private final String oaepHash;
    private final int hashLengthBytes;

    EncryptionAlgorithm() {
        this("", 0);
    }

    EncryptionAlgorithm(String oaepHash, int hashLengthBytes) {
        this.oaepHash = oaepHash;
        this.hashLengthBytes = hashLengthBytes;
    }

    /** Whether it encrypts to a public key, and so without an encryption context. */
    public boolean isOaep() {
        return hashLengthBytes != 0;
    }

    /**
     * The hash of OAEP and of its MGF1, by its JCA name.
     *
     * @throws IllegalStateException if it {@link #isOaep is none}
     */
    public String oaepHash() {
        if (!isOaep()) {
            throw new IllegalStateException(this + " is no OAEP");
        }
        return oaepHash;
    }

    /** The longest message that it encrypts with keys of a spec, in bytes. */
    public int maximumPlaintextBytes(KeySpec spec) {
        return isOaep() ? spec.materialLengthBytes() - 2 * hashLengthBytes - 2 : MAXIMUM_SYMMETRIC_PLAINTEXT_BYTES;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.ENCRYPT_DECRYPT;
    }
}
