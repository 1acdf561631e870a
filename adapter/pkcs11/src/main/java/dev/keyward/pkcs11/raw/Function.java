package dev.keyward.pkcs11.raw;

/**
 * The functions that Keyward calls, with their places in CK_FUNCTION_LIST (PKCS#11 2.40) and, from 68 on, in
 * CK_FUNCTION_LIST_3_0, which begins with the same ones.
 */
public enum Function {
    INITIALIZE("C_Initialize", 0),
    FINALIZE("C_Finalize", 1),
    GET_SLOT_LIST("C_GetSlotList", 4),
    GET_TOKEN_INFO("C_GetTokenInfo", 6),
    GET_MECHANISM_LIST("C_GetMechanismList", 7),
    GET_MECHANISM_INFO("C_GetMechanismInfo", 8),
    INIT_TOKEN("C_InitToken", 9),
    INIT_PIN("C_InitPIN", 10),
    OPEN_SESSION("C_OpenSession", 12),
    CLOSE_SESSION("C_CloseSession", 13),
    CLOSE_ALL_SESSIONS("C_CloseAllSessions", 14),
    GET_SESSION_INFO("C_GetSessionInfo", 15),
    LOGIN("C_Login", 18),
    LOGOUT("C_Logout", 19),
    CREATE_OBJECT("C_CreateObject", 20),
    COPY_OBJECT("C_CopyObject", 21),
    DESTROY_OBJECT("C_DestroyObject", 22),
    GET_ATTRIBUTE_VALUE("C_GetAttributeValue", 24),
    FIND_OBJECTS_INIT("C_FindObjectsInit", 26),
    FIND_OBJECTS("C_FindObjects", 27),
    FIND_OBJECTS_FINAL("C_FindObjectsFinal", 28),
    ENCRYPT_INIT("C_EncryptInit", 29),
    ENCRYPT("C_Encrypt", 30),
    DECRYPT_INIT("C_DecryptInit", 33),
    DECRYPT("C_Decrypt", 34),
    SIGN_INIT("C_SignInit", 42),
    SIGN("C_Sign", 43),
    VERIFY_INIT("C_VerifyInit", 48),
    VERIFY("C_Verify", 49),
    GENERATE_KEY("C_GenerateKey", 58),
    GENERATE_KEY_PAIR("C_GenerateKeyPair", 59),
    UNWRAP_KEY("C_UnwrapKey", 61),
    DERIVE_KEY("C_DeriveKey", 62),
    GENERATE_RANDOM("C_GenerateRandom", 64),
    SESSION_CANCEL("C_SessionCancel", 71);

    /** How many functions the list of PKCS#11 2.40 has. */
    static final int COUNT_2_40 = 68;

    private final String symbol;
    private final int place;

    Function(String symbol, int place) {
        this.symbol = symbol;
        this.place = place;
    }

    /** Its name in the standard. */
    public String symbol() {
        return symbol;
    }

    int place() {
        return place;
    }

    boolean isOfVersion3() {
        return place >= COUNT_2_40;
    }
}
