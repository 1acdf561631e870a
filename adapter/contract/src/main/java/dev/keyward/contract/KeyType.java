package dev.keyward.contract;

/** What key material is made of. */
public enum KeyType {
    /** The key of a block cipher. */
    AES(false),
    /** Random bytes, for an HMAC. */
    HMAC(false),
    /** A pair for RSA, with the public exponent 65537. */
    RSA(true),
    /** A pair on an elliptic curve in Weierstrass form. */
    ELLIPTIC_CURVE(true),
    /** A pair on an elliptic curve in Edwards form (RFC 8032). */
    EDWARDS_CURVE(true);

    private final boolean pair;

    KeyType(boolean pair) {
        this.pair = pair;
    }

    /** Whether it is a private key with a public half, and no secret key. */
    public boolean isPair() {
        return pair;
    }
}
