package dev.keyward.http;

/** Why a request was turned away before anybody knew who sent it. Such requests are counted and not recorded. */
public enum Rejection {
    /** No HTTP that the server takes. */
    BAD_MESSAGE,
    /** The body is longer than allowed. */
    TOO_LARGE,
    /** Not all of it came in time; the connection was closed. */
    TOO_SLOW,
    /** No request to AWS KMS: method, path, type or target are another's. */
    NOT_KMS,
    /** The signature or identity token is missing, malformed, wrong, or of nobody who is known. */
    UNAUTHENTICATED,
}
