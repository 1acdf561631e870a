package dev.keyward.contract;

/** How messages are signed, by AWS KMS's names. */
public enum SigningAlgorithm implements KeyAlgorithm {
    RSASSA_PKCS1_V1_5_SHA_256(Scheme.RSASSA_PKCS1_V1_5, "SHA-256", 32),
    RSASSA_PKCS1_V1_5_SHA_384(Scheme.RSASSA_PKCS1_V1_5, "SHA-384", 48),
    RSASSA_PKCS1_V1_5_SHA_512(Scheme.RSASSA_PKCS1_V1_5, "SHA-512", 64),
    RSASSA_PSS_SHA_256(Scheme.RSASSA_PSS, "SHA-256", 32),
    RSASSA_PSS_SHA_384(Scheme.RSASSA_PSS, "SHA-384", 48),
    RSASSA_PSS_SHA_512(Scheme.RSASSA_PSS, "SHA-512", 64),
    ECDSA_SHA_256(Scheme.ECDSA, "SHA-256", 32),
    ECDSA_SHA_384(Scheme.ECDSA, "SHA-384", 48),
    ECDSA_SHA_512(Scheme.ECDSA, "SHA-512", 64),
    ED25519_SHA_512(Scheme.ED25519, "SHA-512", 64),
    ED25519_PH_SHA_512(Scheme.ED25519_PH, "SHA-512", 64);

    /** What is done with a digest, or with the message. */
    public enum Scheme {
        /** RFC 8017, section 8.2. */
        RSASSA_PKCS1_V1_5,
        /** RFC 8017, section 8.1; MGF1 with the same hash, and a salt as long as the digest. */
        RSASSA_PSS,
        /** FIPS 186-4, section 6; a signature is the DER of RFC 3279's Ecdsa-Sig-Value. */
        ECDSA,
        /** RFC 8032, section 5.1, Ed25519: of the message itself, which is hashed twice while it is signed. */
        ED25519,
        /** RFC 8032, section 5.1, Ed25519ph, without a context. */
        ED25519_PH
    }

    private final Scheme scheme;
    private final String hash;
    private final int digestLengthBytes;

    SigningAlgorithm(Scheme scheme, String hash, int digestLengthBytes) {
        this.scheme = scheme;
        this.hash = hash;
        this.digestLengthBytes = digestLengthBytes;
    }

    public Scheme scheme() {
        return scheme;
    }

    /** The hash of the message, by its JCA name. */
    public String hash() {
        return hash;
    }

    /** The length of a digest, in bytes. */
    public int digestLengthBytes() {
        return digestLengthBytes;
    }

    /** Whether it signs the message itself and no digest. */
    public boolean signsMessage() {
        return scheme == Scheme.ED25519;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.SIGN_VERIFY;
    }
}
