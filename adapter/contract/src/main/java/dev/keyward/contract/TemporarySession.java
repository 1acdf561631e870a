package dev.keyward.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of a role, as it was begun. What the role may do is looked up at every request. Immutable and thread-safe.
 *
 * @param account whose role it is
 * @param roleArn the ARN of the role
 * @param roleId the unique id of the role: a session ends with its role
 * @param name what whoever began the session called it
 * @param webIdentity whom an identity provider vouched for, that began it; null if a principal began it
 * @param policies what it was narrowed by; empty for nothing
 * @param begunAt when it was begun
 * @param expiresAt from when on it is nobody's
 */
public record TemporarySession(
        AccountId account,
        String roleArn,
        String roleId,
        String name,
        @Nullable WebIdentityUser webIdentity,
        List<PolicyDocument> policies,
        Instant begunAt,
        Instant expiresAt) {
    /** Copies the list. */
    public TemporarySession {
        policies = List.copyOf(policies);
    }

    /** The ARN of the session. */
    public String arn() {
        return "arn:aws:sts::" + account + ":assumed-role/" + roleName() + "/" + name;
    }

    /** The name of the role, without its path. */
    public String roleName() {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** The unique id of the role, and the name of the session. */
    public String principalId() {
        return roleId + ":" + name;
    }
}
