package dev.keyward.pkcs11.mechanism;

/** The mechanisms that Keyward uses: one row each. */
public enum MechanismType {
    RSA_PKCS_KEY_PAIR_GEN("CKM_RSA_PKCS_KEY_PAIR_GEN", 0x0),
    RSA_PKCS("CKM_RSA_PKCS", 0x1),
    RSA_X_509("CKM_RSA_X_509", 0x3),
    RSA_PKCS_OAEP("CKM_RSA_PKCS_OAEP", 0x9),
    RSA_PKCS_PSS("CKM_RSA_PKCS_PSS", 0xD),
    SHA256_HMAC("CKM_SHA256_HMAC", 0x251),
    SHA224_HMAC("CKM_SHA224_HMAC", 0x256),
    SHA384_HMAC("CKM_SHA384_HMAC", 0x261),
    SHA512_HMAC("CKM_SHA512_HMAC", 0x271),
    GENERIC_SECRET_KEY_GEN("CKM_GENERIC_SECRET_KEY_GEN", 0x350),
    SP800_108_COUNTER_KDF("CKM_SP800_108_COUNTER_KDF", 0x3AC),
    EC_KEY_PAIR_GEN("CKM_EC_KEY_PAIR_GEN", 0x1040),
    ECDSA("CKM_ECDSA", 0x1041),
    ECDH1_DERIVE("CKM_ECDH1_DERIVE", 0x1050),
    EC_EDWARDS_KEY_PAIR_GEN("CKM_EC_EDWARDS_KEY_PAIR_GEN", 0x1055),
    EDDSA("CKM_EDDSA", 0x1057),
    AES_KEY_GEN("CKM_AES_KEY_GEN", 0x1080),
    AES_GCM("CKM_AES_GCM", 0x1087),
    AES_CMAC("CKM_AES_CMAC", 0x108A),
    AES_ECB_ENCRYPT_DATA("CKM_AES_ECB_ENCRYPT_DATA", 0x1104),
    AES_KEY_WRAP("CKM_AES_KEY_WRAP", 0x2109),
    AES_KEY_WRAP_PAD("CKM_AES_KEY_WRAP_PAD", 0x210A),
    AES_KEY_WRAP_KWP("CKM_AES_KEY_WRAP_KWP", 0x210B);

    private final String symbol;
    private final long code;

    MechanismType(String symbol, long code) {
        this.symbol = symbol;
        this.code = code;
    }

    /** Its name in the standard. */
    public String symbol() {
        return symbol;
    }

    /** The CK_MECHANISM_TYPE. */
    public long code() {
        return code;
    }

    /** The standard's name of any mechanism, of this table or not; its number if it has none. */
    public static String nameOf(long code) {
        return MechanismNames.of(code);
    }
}
