package dev.keyward.policy;

/**
 * How far an Allow on the side of the resource goes by itself, for principals of the account that owns the resource: the
 * nearer it names the principal, the less else must agree. The nearest comes first.
 *
 * <p>Source: AWS IAM User Guide, "Policy evaluation logic", resource-based policies and implicit denies in other policy
 * types.
 */
enum Reach {
    /** It names the user, the session or everyone: nothing else must agree. */
    PRINCIPAL,
    /** It names the role of the session: the session policies must agree. */
    ROLE,
    /** It names the account, which may delegate: identity policies and session policies must agree. */
    ACCOUNT
}
