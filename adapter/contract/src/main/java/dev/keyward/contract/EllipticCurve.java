package dev.keyward.contract;

/** The curves of key pairs. */
public enum EllipticCurve {
    /** Also called secp256r1 (FIPS 186-4, D.1.2.3). */
    NIST_P256("1.2.840.10045.3.1.7", 256),
    /** Also called secp384r1. */
    NIST_P384("1.3.132.0.34", 384),
    /** Also called secp521r1. */
    NIST_P521("1.3.132.0.35", 521),
    /** secp256k1 (SEC 2, 2.4.1). */
    SECG_P256K1("1.3.132.0.10", 256),
    /** The curve of Ed25519 (RFC 8032, section 5.1); the identifier is that of RFC 8410. */
    EDWARDS25519("1.3.101.112", 255);

    private final String objectIdentifier;
    private final int fieldBits;

    EllipticCurve(String objectIdentifier, int fieldBits) {
        this.objectIdentifier = objectIdentifier;
        this.fieldBits = fieldBits;
    }

    /** Its object identifier, in dotted decimal form. */
    public String objectIdentifier() {
        return objectIdentifier;
    }

    /** The length of a coordinate, and of each half of a signature, in bytes. */
    public int coordinateLengthBytes() {
        return (fieldBits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
