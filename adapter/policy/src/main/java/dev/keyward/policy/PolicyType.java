package dev.keyward.policy;

/** The kinds of policies that decide, as AWS's messages name them. */
public enum PolicyType {
    /** The key policy, and grants. */
    RESOURCE_BASED("a resource-based policy", "resource-based policy"),
    /** The policies of the user or role. */
    IDENTITY_BASED("an identity-based policy", "identity-based policy"),
    /** The policies that a session was begun with. */
    SESSION("a session policy", "session policy");

    private final String withArticle;
    private final String withoutArticle;

    PolicyType(String withArticle, String withoutArticle) {
        this.withArticle = withArticle;
        this.withoutArticle = withoutArticle;
    }

    String withArticle() {
        return withArticle;
    }

    String withoutArticle() {
        return withoutArticle;
    }
}
