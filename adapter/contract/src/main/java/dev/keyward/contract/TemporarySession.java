package dev.keyward.contract;

import java.time.Instant;
import java.util.List;

/**
 * A session of a role, as it was begun. What the role may do is looked up at every request. Immutable and thread-safe.
 *
 * @param account whose role it is
 * @param roleArn the ARN of the role
 * @param roleId the unique id of the role: a session ends with its role
 * @param name what whoever began the session called it
 * @param policies what it was narrowed by; empty for nothing
 * @param expiresAt from when on it is nobody's
 */
public record TemporarySession(
        AccountId account,
        String roleArn,
        String roleId,
        String name,
        List<PolicyDocument> policies,
        Instant expiresAt) {
    /** Copies the list. */
    public TemporarySession {
        policies = List.copyOf(policies);
    }

    /** The ARN of the session. */
    public String arn() {
        String roleName = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        return "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + name;
    }
}
