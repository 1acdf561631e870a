package dev.keyward.contract;

/** How message authentication codes are computed (RFC 2104), by AWS KMS's names. */
public enum MacAlgorithm implements KeyAlgorithm {
    HMAC_SHA_224(28),
    HMAC_SHA_256(32),
    HMAC_SHA_384(48),
    HMAC_SHA_512(64);

    /**
     * The longest message that anybody may have a code of, which is AWS KMS's limit. Tokens compute codes of longer ones
     * to tell imported material apart, and these are nobody's codes for that.
     */
    public static final int MAXIMUM_MESSAGE_BYTES = 4096;

    private final int lengthBytes;

    MacAlgorithm(int lengthBytes) {
        this.lengthBytes = lengthBytes;
    }

    /** The length of a code, in bytes: that of the hash, nothing is cut off. */
    public int lengthBytes() {
        return lengthBytes;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.GENERATE_VERIFY_MAC;
    }
}
