package dev.keyward.contract;

import java.time.Instant;

/**
 * An alias as the store keeps it. Immutable and thread-safe.
 *
 * @param scope its account and Region
 * @param name with its prefix {@code alias/}
 * @param target the key it stands for, of the same scope
 * @param createdAt when it was created
 * @param updatedAt when it was last pointed at a key
 */
public record AliasRecord(Scope scope, String name, KeyId target, Instant createdAt, Instant updatedAt) {
    /** The alias's ARN. */
    public String arn() {
        return scope.arn(name);
    }
}
