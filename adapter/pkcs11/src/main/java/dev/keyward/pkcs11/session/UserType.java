package dev.keyward.pkcs11.session;

/** Who logs in (CK_USER_TYPE). */
public enum UserType {
    /** Initialises tokens and user PINs; sees no keys. */
    SECURITY_OFFICER(0),
    /** Uses keys. */
    USER(1);

    private final long code;

    UserType(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
