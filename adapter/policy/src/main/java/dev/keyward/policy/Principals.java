package dev.keyward.policy;

import java.util.List;

/**
 * Whom a statement is about: its {@code Principal} or {@code NotPrincipal} element. Immutable and thread-safe.
 *
 * @param allExcept whether the principals are those that are left out ({@code NotPrincipal})
 * @param principals the principals, at least one
 */
public record Principals(boolean allExcept, List<Principal> principals) {
    /** Copies the list. */
    public Principals {
        principals = List.copyOf(principals);
    }

    /** Whether the statement is about the principal of that ARN. */
    public boolean cover(String principalArn) {
        return principals.stream().anyMatch(principal -> principal.covers(principalArn)) != allExcept;
    }
}
