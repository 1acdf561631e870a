package dev.keyward.contract;

/**
 * How a message was encrypted under a material. The form is part of the ciphertext, since a token that learns a better
 * derivation must go on reading what it wrote before.
 */
public enum CiphertextForm {
    /** AES-256-GCM under a subkey derived by SP 800-108 in counter mode with AES-CMAC. */
    SP800_108_SUBKEY(1, 15),
    /** AES-256-GCM under a subkey that is the AES-ECB encryption of two blocks, a counter and the nonce each. */
    ECB_SUBKEY(2, 15),
    /** AES-256-GCM under the material itself, for tokens that cannot derive. */
    DIRECT(3, 0);

    /** The length of a GCM IV, in bytes. */
    public static final int IV_LENGTH_BYTES = 12;
    /** The length of a GCM tag, in bytes. */
    public static final int TAG_LENGTH_BYTES = 16;

    private final int code;
    private final int nonceLengthBytes;

    CiphertextForm(int code, int nonceLengthBytes) {
        this.code = code;
        this.nonceLengthBytes = nonceLengthBytes;
    }

    /** The number that stands for this form in a ciphertext blob, 1 to 255; never reused. */
    public int code() {
        return code;
    }

    /** The length in bytes of the nonce that the subkey is derived from; 0 where none is. */
    public int nonceLengthBytes() {
        return nonceLengthBytes;
    }
}
