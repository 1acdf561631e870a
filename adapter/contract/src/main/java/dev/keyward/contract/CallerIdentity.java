package dev.keyward.contract;

import org.jspecify.annotations.Nullable;

/**
 * Who a caller is, as it was proven: what a record of the request says, whatever becomes of that one later. Immutable and
 * thread-safe.
 */
public sealed interface CallerIdentity
        permits CallerIdentity.RootUser,
                CallerIdentity.User,
                CallerIdentity.RoleSession,
                WebIdentityUser,
                CallerIdentity.Operator {
    /** Its ARN; of an operator a text that is no ARN. */
    String arn();

    /** A text that is never that of another one, as CloudTrail's {@code principalId} is put together. */
    String principalId();

    /** The session that temporary credentials are of; null for any other. */
    default @Nullable TemporarySession session() {
        return null;
    }

    /** The root user of an account. */
    record RootUser(AccountId account) implements CallerIdentity {
        @Override
        public String arn() {
            return new CallingPrincipal.RootUser(account).arn();
        }

        @Override
        public String principalId() {
            return account.value();
        }
    }

    /**
     * A user.
     *
     * @param principalId the user's unique id
     */
    record User(String arn, String principalId) implements CallerIdentity {
        /** The user's name, without its path. */
        public String name() {
            return arn.substring(arn.lastIndexOf('/') + 1);
        }
    }

    /** Whoever has the credentials of a session of a role. */
    record RoleSession(TemporarySession session) implements CallerIdentity {
        @Override
        public String arn() {
            return session.arn();
        }

        @Override
        public String principalId() {
            return session.principalId();
        }
    }

    /**
     * Whoever runs a command on this host.
     *
     * @param name the name of the host's user
     */
    record Operator(String name) implements CallerIdentity {
        @Override
        public String arn() {
            return "operator/" + name;
        }

        @Override
        public String principalId() {
            return arn();
        }
    }
}
