package dev.keyward.policy;

import dev.keyward.contract.CallingPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a statement is about: its {@code Principal} or {@code NotPrincipal} element. Immutable and thread-safe.
 *
 * @param allExcept whether the principals are those that are left out ({@code NotPrincipal})
 * @param principals the principals, at least one
 */
public record Principals(boolean allExcept, List<Principal> principals) {
    /** Whoever the policy belongs to: what a statement without principals is about. */
    public static final Principals HOLDER = new Principals(false, List.of(new Principal.Everyone()));

    /** Copies the list. */
    public Principals {
        principals = List.copyOf(principals);
    }

    /**
     * How near the statement names {@code caller}; empty if it is not about it. {@code NotPrincipal} leaves out only whom
     * it names exactly: neither does an account stand for its users there, nor a role for its sessions.
     */
    Optional<Reach> reach(CallingPrincipal caller) {
        if (allExcept) {
            return principals.stream().anyMatch(principal -> principal.isExactly(caller))
                    ? Optional.empty()
                    : Optional.of(Reach.PRINCIPAL);
        }
        Optional<Reach> nearest = Optional.empty();
        for (Principal principal : principals) {
            Optional<Reach> reach = principal.reach(caller);
            if (nearest.isEmpty() || (reach.isPresent() && reach.get().compareTo(nearest.get()) < 0)) {
                nearest = reach;
            }
        }
        return nearest;
    }

    /**
     * Whether whoever an identity provider vouches for is meant. {@code NotPrincipal} leaves out the providers that it
     * names.
     *
     * @param everyoneCounts whether {@code *} means those too: it denies to them, and allows them nothing
     */
    boolean nameProvider(String providerArn, boolean everyoneCounts) {
        return principals.stream()
                        .anyMatch(principal -> (everyoneCounts && principal instanceof Principal.Everyone)
                                || principal.equals(new Principal.Federated(providerArn)))
                != allExcept;
    }

    /** The ARNs of the users and roles among the principals of several statements. */
    static List<String> identityArns(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement.principals().principals().stream())
                .filter(Principal.Identity.class::isInstance)
                .map(principal -> ((Principal.Identity) principal).arn())
                .distinct()
                .toList();
    }

    /** The same statements, the users and roles among their principals bound to unique ids. */
    static List<Statement> boundTo(List<Statement> statements, Map<String, String> uniqueIds) {
        return statements.stream()
                .map(statement -> statement.boundTo(uniqueIds))
                .toList();
    }

    /** The same principals, the users and roles among them bound to unique ids. */
    Principals boundTo(Map<String, String> uniqueIds) {
        return new Principals(
                allExcept,
                principals.stream()
                        .map(principal -> principal instanceof Principal.Identity identity
                                ? new Principal.Identity(identity.arn(), uniqueIds.get(identity.arn()))
                                : principal)
                        .toList());
    }
}
