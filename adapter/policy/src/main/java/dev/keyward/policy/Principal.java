package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.CallingPrincipal.RoleSession;
import dev.keyward.contract.CallingPrincipal.RootUser;
import dev.keyward.contract.CallingPrincipal.User;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One principal that a statement names. Wildcards inside an ARN are not a principal. Immutable and thread-safe.
 *
 * <p>Source: AWS IAM User Guide, "AWS JSON policy elements: Principal".
 */
public sealed interface Principal {
    /** How near it names {@code caller}; empty if it does not. */
    default Optional<Reach> reach(CallingPrincipal caller) {
        return isExactly(caller) ? Optional.of(Reach.PRINCIPAL) : Optional.empty();
    }

    /** Whether it names {@code caller} itself, and not only its role or account. */
    boolean isExactly(CallingPrincipal caller);

    /** {@code "*"}, by itself or as an AWS principal. */
    record Everyone() implements Principal {
        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return true;
        }
    }

    /** A whole account, written as its number or as the ARN of its root user. */
    record Account(AccountId id) implements Principal {
        @Override
        public Optional<Reach> reach(CallingPrincipal caller) {
            return caller.account().equals(id) ? Optional.of(Reach.ACCOUNT) : Optional.empty();
        }

        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return caller.equals(new CallingPrincipal.RootUser(id));
        }
    }

    /**
     * A user, a role, or a session of a role or federated user. A role stands for its sessions too.
     *
     * @param arn its ARN
     * @param boundTo the unique id that the user or role of that ARN had when the policy was stored, so that one made
     *     again under an old name is not meant; null where the policy was bound to none
     */
    record Identity(String arn, @Nullable String boundTo) implements Principal {
        /** Bound to no unique id. */
        public Identity(String arn) {
            this(arn, null);
        }

        @Override
        public Optional<Reach> reach(CallingPrincipal caller) {
            if (isExactly(caller)) {
                return Optional.of(Reach.PRINCIPAL);
            }
            return caller instanceof RoleSession session && arn.equals(session.roleArn()) && isBoundTo(session.roleId())
                    ? Optional.of(Reach.ROLE)
                    : Optional.empty();
        }

        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return arn.equals(caller.arn())
                    && switch (caller) {
                        case RootUser root -> false;
                        case User user -> isBoundTo(user.uniqueId());
                        case RoleSession session -> isBoundTo(session.roleId());
                    };
        }

        private boolean isBoundTo(String uniqueId) {
            return boundTo == null || boundTo.equals(uniqueId);
        }
    }

    /** The unique id of a user or role, which AWS puts in the place of an ARN whose principal was deleted. */
    record UniqueId(String id) implements Principal {
        @Override
        public Optional<Reach> reach(CallingPrincipal caller) {
            return switch (caller) {
                case RootUser root -> Optional.empty();
                case User user -> id.equals(user.uniqueId()) ? Optional.of(Reach.PRINCIPAL) : Optional.empty();
                case RoleSession session -> id.equals(session.roleId()) ? Optional.of(Reach.ROLE) : Optional.empty();
            };
        }

        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return caller instanceof User user && id.equals(user.uniqueId());
        }
    }

    /** An AWS service, for instance {@code logs.amazonaws.com}. No caller is one. */
    record Service(String name) implements Principal {
        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return false;
        }
    }

    /** An identity provider, by its ARN or its domain name. No caller is one. */
    record Federated(String provider) implements Principal {
        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return false;
        }
    }

    /** The canonical user id of an account, 64 hexadecimal digits. No caller is known by one. */
    record CanonicalUser(String id) implements Principal {
        @Override
        public boolean isExactly(CallingPrincipal caller) {
            return false;
        }
    }

    /** The principal that {@code text} stands for under {@code "AWS"}; empty if it is not well formed. */
    static Optional<Principal> ofAws(String text) {
        if (text.equals("*")) {
            return Optional.of(new Everyone());
        }
        if (PrincipalForms.ACCOUNT.matcher(text).matches()) {
            return Optional.of(new Account(new AccountId(text)));
        }
        Matcher root = PrincipalForms.ROOT_ARN.matcher(text);
        if (root.matches()) {
            return Optional.of(new Account(new AccountId(root.group("account"))));
        }
        if (PrincipalForms.IDENTITY_ARN.matcher(text).matches()) {
            return Optional.of(new Identity(text));
        }
        return PrincipalForms.UNIQUE_ID.matcher(text).matches() ? Optional.of(new UniqueId(text)) : Optional.empty();
    }

    /** The principal that {@code text} stands for under {@code "Service"}; empty if it is not well formed. */
    static Optional<Principal> ofService(String text) {
        return PrincipalForms.SERVICE.matcher(text).matches() ? Optional.of(new Service(text)) : Optional.empty();
    }

    /** The principal that {@code text} stands for under {@code "Federated"}; empty if it is not well formed. */
    static Optional<Principal> ofFederated(String text) {
        boolean wellFormed = PrincipalForms.PROVIDER_ARN.matcher(text).matches()
                || PrincipalForms.DOMAIN.matcher(text).matches();
        return wellFormed ? Optional.of(new Federated(text)) : Optional.empty();
    }

    /** The principal that {@code text} stands for under {@code "CanonicalUser"}; empty if it is not well formed. */
    static Optional<Principal> ofCanonicalUser(String text) {
        return PrincipalForms.CANONICAL_USER.matcher(text).matches()
                ? Optional.of(new CanonicalUser(text))
                : Optional.empty();
    }
}
