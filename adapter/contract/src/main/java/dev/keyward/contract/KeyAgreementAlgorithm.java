package dev.keyward.contract;

/** How two parties come to a secret, by AWS KMS's names. */
public enum KeyAgreementAlgorithm implements KeyAlgorithm {
    /** The x coordinate of the common point, as long as the curve's field (NIST SP 800-56A, section 5.7.1.2). */
    ECDH;

    @Override
    public KeyUsage usage() {
        return KeyUsage.KEY_AGREEMENT;
    }
}
