package dev.keyward.policy;

/** Whether a statement allows or denies what it covers. */
public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String awsName;

    Effect(String awsName) {
        this.awsName = awsName;
    }

    /** The value in a policy document, where case matters. */
    public String awsName() {
        return awsName;
    }
}
