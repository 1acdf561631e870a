package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, and what allows it on its own side. Immutable and thread-safe.
 *
 * @param arn its ARN, or {@code *} where an action is about no one resource
 * @param owner the account that it belongs to
 * @param keyPolicy its key policy, or the trust policy of a role, which counts in the same way; null where it has none, or where the action is not its key policy's to allow
 * @param grants the grants that allow this action, to whomever
 */
public record ProtectedResource(
        String arn, AccountId owner, @Nullable Policy keyPolicy, List<ApplicableGrant> grants) {
    /** Copies the list. */
    public ProtectedResource {
        grants = List.copyOf(grants);
    }

    /** A resource that has no policy of its own, such as an alias: the identity policies of its account decide. */
    public static ProtectedResource withoutPolicy(String arn, AccountId owner) {
        return new ProtectedResource(arn, owner, null, List.of());
    }

    boolean hasNoPolicy() {
        return keyPolicy == null && grants.isEmpty();
    }
}
