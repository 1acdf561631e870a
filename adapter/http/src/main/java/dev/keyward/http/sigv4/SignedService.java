package dev.keyward.http.sigv4;

/** The services of AWS that requests are signed for here. */
public enum SignedService {
    /** AWS KMS, which speaks JSON and names its operation in a header that must be signed. */
    KMS("kms", true),
    /** AWS STS, which speaks the query protocol and names its operation in the body. */
    STS("sts", false);

    private final String signingName;
    private final boolean hasTarget;

    SignedService(String signingName, boolean hasTarget) {
        this.signingName = signingName;
        this.hasTarget = hasTarget;
    }

    /** The service's name in the scope of a credential. */
    String signingName() {
        return signingName;
    }

    /** Whether {@code X-Amz-Target} decides what a request means. */
    boolean hasTarget() {
        return hasTarget;
    }
}
