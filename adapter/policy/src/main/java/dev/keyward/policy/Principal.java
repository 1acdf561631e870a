package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * One principal that a statement names. Wildcards inside an ARN are not a principal. Immutable and thread-safe.
 *
 * <p>Source: AWS IAM User Guide, "AWS JSON policy elements: Principal".
 */
public sealed interface Principal {
    /** Whether the principal of that ARN is meant, as far as its ARN can tell. */
    boolean covers(String principalArn);

    /** {@code "*"}, by itself or as an AWS principal. */
    record Everyone() implements Principal {
        @Override
        public boolean covers(String principalArn) {
            return true;
        }
    }

    /** A whole account, written as its number or as the ARN of its root user. */
    record Account(AccountId id) implements Principal {
        @Override
        public boolean covers(String principalArn) {
            Matcher arn = PrincipalForms.ANY_ARN.matcher(principalArn);
            return arn.matches() && arn.group("account").equals(id.value());
        }
    }

    /** A user, a role, or a session of a role or federated user. A role covers its sessions. */
    record Identity(String arn) implements Principal {
        @Override
        public boolean covers(String principalArn) {
            return arn.equals(principalArn) || isRoleOf(principalArn);
        }

        /** The ARN of a session has the role's name without its path. */
        private boolean isRoleOf(String sessionArn) {
            Matcher session = PrincipalForms.ROLE_SESSION_ARN.matcher(sessionArn);
            Matcher role = PrincipalForms.ROLE_ARN.matcher(arn);
            return session.matches()
                    && role.matches()
                    && session.group("account").equals(role.group("account"))
                    && session.group("name").equals(role.group("name"));
        }
    }

    /** The unique id of a user or role, which AWS puts in the place of an ARN whose principal was deleted. */
    record UniqueId(String id) implements Principal {
        @Override
        public boolean covers(String principalArn) {
            return false;
        }
    }

    /** An AWS service, for instance {@code logs.amazonaws.com}. */
    record Service(String name) implements Principal {
        @Override
        public boolean covers(String principalArn) {
            return false;
        }
    }

    /** An identity provider, by its ARN or its domain name. */
    record Federated(String provider) implements Principal {
        @Override
        public boolean covers(String principalArn) {
            return false;
        }
    }

    /** The canonical user id of an account, 64 hexadecimal digits. */
    record CanonicalUser(String id) implements Principal {
        @Override
        public boolean covers(String principalArn) {
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
