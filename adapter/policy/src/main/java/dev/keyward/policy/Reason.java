package dev.keyward.policy;

/** What decided about a request, or took part in it. Its {@code toString} is meant to be read. Immutable. */
public sealed interface Reason {
    /**
     * A statement applied: it allowed, or denied.
     *
     * @param type the kind of its policy
     * @param policy what its policy is called
     * @param statement its Sid in quotation marks, or its number from 1
     */
    record ByStatement(PolicyType type, String policy, String statement) implements Reason {
        @Override
        public String toString() {
            return policy + ", statement " + statement;
        }
    }

    /** A grant allowed. */
    record ByGrant(String grantId) implements Reason {
        @Override
        public String toString() {
            return "grant " + grantId;
        }
    }

    /** The caller is the root user of its account, whom no identity policy limits. */
    record ByRootUser() implements Reason {
        @Override
        public String toString() {
            return "account root user";
        }
    }

    /**
     * Nothing of that kind allowed.
     *
     * @param type the kind that should have
     */
    record NothingAllows(PolicyType type) implements Reason {
        @Override
        public String toString() {
            return "no " + type.withoutArticle() + " allows it";
        }
    }
}
