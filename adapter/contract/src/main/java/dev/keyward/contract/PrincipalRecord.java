package dev.keyward.contract;

import java.util.List;

/**
 * A principal and the policies that are its own. Immutable and thread-safe.
 *
 * @param principal who it is
 * @param identityPolicies the policies of the user, or of the role behind a session; a root user needs none
 * @param sessionPolicies the policies that a session was begun with; none where it was begun without
 */
public record PrincipalRecord(
        CallingPrincipal principal, List<PolicyDocument> identityPolicies, List<PolicyDocument> sessionPolicies) {
    /** Copies the lists. */
    public PrincipalRecord {
        identityPolicies = List.copyOf(identityPolicies);
        sessionPolicies = List.copyOf(sessionPolicies);
    }
}
