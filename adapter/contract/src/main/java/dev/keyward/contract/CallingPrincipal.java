package dev.keyward.contract;

import java.util.Map;

/**
 * Who makes a request, as policies see it. Immutable and thread-safe.
 *
 * <p>Source: AWS IAM User Guide, "AWS global condition context keys" and "IAM identifiers".
 */
public sealed interface CallingPrincipal {
    /** The account that it belongs to. */
    AccountId account();

    /** Its own ARN; of a session, that of the session. */
    String arn();

    /** The ARN of the identity behind it ({@code aws:PrincipalArn}): of a session, that of its role. */
    String identityArn();

    /**
     * The unique id ({@code aws:userid}), which is never given twice: of a session, that of its role and the session's
     * name; of a root user, the account's number.
     */
    String userId();

    /** The unique id of the identity behind it: of a session, that of its role. */
    default String identityId() {
        return userId();
    }

    /** Its tags; of a session, those of its role and its own. */
    Map<String, String> tags();

    /** The root user of an account: what no identity policy limits. */
    record RootUser(AccountId account) implements CallingPrincipal {
        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":root";
        }

        @Override
        public String identityArn() {
            return arn();
        }

        @Override
        public String userId() {
            return account.value();
        }

        @Override
        public Map<String, String> tags() {
            return Map.of();
        }
    }

    /**
     * A user.
     *
     * @param arn for instance {@code arn:aws:iam::111122223333:user/path/alice}
     * @param uniqueId for instance {@code AIDA...}: a user made again under an old name has another
     */
    record User(AccountId account, String arn, String uniqueId, Map<String, String> tags) implements CallingPrincipal {
        /** Copies the map. */
        public User {
            tags = Map.copyOf(tags);
        }

        /** The user's name, without its path. */
        public String name() {
            return lastPart(arn);
        }

        @Override
        public String identityArn() {
            return arn;
        }

        @Override
        public String userId() {
            return uniqueId;
        }
    }

    /**
     * A session of a role.
     *
     * @param roleArn for instance {@code arn:aws:iam::111122223333:role/path/admin}
     * @param roleId the unique id of the role, for instance {@code AROA...}
     * @param sessionName what whoever assumed the role called the session
     */
    record RoleSession(AccountId account, String roleArn, String roleId, String sessionName, Map<String, String> tags)
            implements CallingPrincipal {
        /** Copies the map. */
        public RoleSession {
            tags = Map.copyOf(tags);
        }

        @Override
        public String arn() {
            return "arn:aws:sts::" + account + ":assumed-role/" + lastPart(roleArn) + "/" + sessionName;
        }

        @Override
        public String identityArn() {
            return roleArn;
        }

        @Override
        public String userId() {
            return roleId + ":" + sessionName;
        }

        @Override
        public String identityId() {
            return roleId;
        }
    }

    private static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
