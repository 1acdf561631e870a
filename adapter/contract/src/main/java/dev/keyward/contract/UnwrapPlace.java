package dev.keyward.contract;

/** Where imported material was unwrapped: every audit record of an import says it. */
public enum UnwrapPlace {
    /** Wholly inside the token. */
    TOKEN,
    /** The RSA operation in the token, the OAEP padding on the host. */
    HOST_UNPADDING
}
