package dev.keyward.sunpkcs11;

/**
 * Makes the certificates that the JDK's key store shows private keys by. Safe for use by many threads at once.
 */
@FunctionalInterface
public interface CertificateMaker {
    /**
     * Makes a certificate of a public key.
     *
     * @param subjectPublicKeyInfo the key, as RFC 5280, section 4.1, has it
     * @param commonName whose it is, in words
     * @return a certificate of X.509 in DER; who signed it is of no importance
     */
    byte[] certify(byte[] subjectPublicKeyInfo, String commonName);
}
