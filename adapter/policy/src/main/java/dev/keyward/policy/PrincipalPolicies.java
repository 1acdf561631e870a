package dev.keyward.policy;

import dev.keyward.contract.CallingPrincipal;
import java.util.List;

/**
 * Who asks, and what its own policies are. Immutable and thread-safe.
 *
 * @param principal who asks
 * @param identityPolicies the policies of the user or role; none for a root user, whom they would not limit
 * @param sessionPolicies the policies that a session was begun with; none where it was begun without
 */
public record PrincipalPolicies(
        CallingPrincipal principal, List<IdentityPolicy> identityPolicies, List<IdentityPolicy> sessionPolicies) {
    /** Copies the lists. */
    public PrincipalPolicies {
        identityPolicies = List.copyOf(identityPolicies);
        sessionPolicies = List.copyOf(sessionPolicies);
    }
}
