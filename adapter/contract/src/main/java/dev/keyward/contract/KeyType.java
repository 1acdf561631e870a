package dev.keyward.contract;

/** What key material is made of. */
public enum KeyType {
    /** The key of a block cipher. */
    AES,
    /** Random bytes, for an HMAC. */
    HMAC
}
