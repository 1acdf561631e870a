package dev.keyward.contract;

/** How messages are encrypted, by AWS KMS's names. */
public enum EncryptionAlgorithm implements KeyAlgorithm {
    /** AES-256-GCM, with the encryption context as associated data. */
    SYMMETRIC_DEFAULT;

    @Override
    public KeyUsage usage() {
        return KeyUsage.ENCRYPT_DECRYPT;
    }
}
