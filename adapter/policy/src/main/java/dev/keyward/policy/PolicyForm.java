package dev.keyward.policy;

import java.util.regex.Pattern;

/** The kinds of policy documents, and where their grammars differ. */
enum PolicyForm {
    /** Belongs to a key, says who may do what with it. Its Sid may hold spaces and punctuation. */
    KEY_POLICY(
            KeyPolicy.MAXIMUM_LENGTH_BYTES,
            true,
            true,
            Pattern.compile("[\\x20-\\x7e\\u00a0-\\u00ff]{0,512}"),
            "must be at most 512 printable characters",
            Pattern.compile("\\*|(?i:kms):[A-Za-z0-9*?]{1,128}"),
            "must be * or kms: and an operation's name"),
    /** Belongs to a user, a role or a session, says what that one may do, with KMS or with any other service. */
    IDENTITY_POLICY(
            IdentityPolicy.MAXIMUM_LENGTH_BYTES,
            false,
            true,
            Pattern.compile("[A-Za-z0-9]{0,512}"),
            "must be at most 512 letters and digits",
            Pattern.compile("\\*|[A-Za-z0-9-]{1,64}:[A-Za-z0-9*?]{1,128}"),
            "must be * or a service's prefix, a colon and an operation's name"),
    /** Belongs to a role, says who may assume it. It names no resource: the role is it. */
    TRUST_POLICY(
            TrustPolicy.MAXIMUM_LENGTH_BYTES,
            true,
            false,
            Pattern.compile("[A-Za-z0-9]{0,512}"),
            "must be at most 512 letters and digits",
            Pattern.compile("(?i:sts):[A-Za-z0-9*?]{1,128}"),
            "must be sts: and an operation's name");

    private final int maximumLengthBytes;
    private final boolean namesPrincipals;
    private final boolean namesResources;
    private final Pattern sid;
    private final String sidRule;
    private final Pattern action;
    private final String actionRule;

    PolicyForm(
            int maximumLengthBytes,
            boolean namesPrincipals,
            boolean namesResources,
            Pattern sid,
            String sidRule,
            Pattern action,
            String actionRule) {
        this.maximumLengthBytes = maximumLengthBytes;
        this.namesPrincipals = namesPrincipals;
        this.namesResources = namesResources;
        this.sid = sid;
        this.sidRule = sidRule;
        this.action = action;
        this.actionRule = actionRule;
    }

    /** The longest document, in bytes of UTF-8. */
    int maximumLengthBytes() {
        return maximumLengthBytes;
    }

    /** Whether each statement names principals, or none does. */
    boolean namesPrincipals() {
        return namesPrincipals;
    }

    /** Whether each statement names resources, or none does. */
    boolean namesResources() {
        return namesResources;
    }

    Pattern sid() {
        return sid;
    }

    /** What a Sid must be, for an error message. */
    String sidRule() {
        return sidRule;
    }

    Pattern action() {
        return action;
    }

    /** What an action must be, for an error message. */
    String actionRule() {
        return actionRule;
    }
}
