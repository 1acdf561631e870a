package dev.keyward.policy;

/** The version of the policy language that a document is written in. */
public enum PolicyVersion {
    /** The first version, which has no policy variables. A document that names no version is written in it. */
    OF_2008("2008-10-17"),
    /** The current version. */
    OF_2012("2012-10-17");

    private final String awsName;

    PolicyVersion(String awsName) {
        this.awsName = awsName;
    }

    /** The value in a policy document. */
    public String awsName() {
        return awsName;
    }
}
