package dev.keyward.policy;

/**
 * A request to be decided. Immutable and thread-safe.
 *
 * @param principal who asks
 * @param action for instance {@code kms:Encrypt}
 * @param resource what it is about
 * @param context the condition keys
 */
public record AuthorizationRequest(
        PrincipalPolicies principal, String action, ProtectedResource resource, RequestContext context) {

    /** Whether the resource belongs to another account than the caller does. */
    boolean isAcrossAccounts() {
        return !principal.principal().account().equals(resource.owner());
    }
}
