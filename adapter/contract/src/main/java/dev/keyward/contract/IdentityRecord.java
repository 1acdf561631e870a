package dev.keyward.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A user or a role as the store keeps it. Immutable and thread-safe.
 *
 * @param account whose it is
 * @param uniqueId for instance {@code AIDA...} or {@code AROA...}: drawn when it was made, and never given twice
 * @param path {@code /}, or names between slashes, such as {@code /team/}
 * @param name unique in its account among those of its kind
 * @param policies its own policies, each with a name that no other of them has
 * @param tags its tags, in their order
 * @param role what makes it a role; null for a user
 * @param createdAt when it was made
 * @param version raised by one at every change, 1 at first
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
public record IdentityRecord(
        AccountId account,
        String uniqueId,
        String path,
        String name,
        List<PolicyDocument> policies,
        SequencedMap<String, String> tags,
        @Nullable RoleTerms role,
        Instant createdAt,
        long version) {

    /** The two kinds of identities, which have names of their own each. */
    public enum Kind {
        USER("user"),
        ROLE("role");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in an ARN. */
        public String word() {
            return word;
        }

        /** The ARN of one of that kind. */
        public String arn(AccountId account, String path, String name) {
            return "arn:aws:iam::" + account + ":" + word + path + name;
        }
    }

    /**
     * Who may become a role, and for how long.
     *
     * @param trustPolicy who may assume it
     * @param trustedIds the unique ids of the users and roles that the trust policy names, by ARN, as they were when it
     *     was stored
     * @param longestSession how long a session of it may last at most
     */
    public record RoleTerms(String trustPolicy, Map<String, String> trustedIds, Duration longestSession) {
        /** Copies the map. */
        public RoleTerms {
            trustedIds = Map.copyOf(trustedIds);
        }
    }

    /** Copies the collections. */
    public IdentityRecord {
        policies = List.copyOf(policies);
        tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }

    /** Whether it is a user or a role. */
    public Kind kind() {
        return role == null ? Kind.USER : Kind.ROLE;
    }

    /** Its ARN, which one made again under its name has too. */
    public String arn() {
        return kind().arn(account, path, name);
    }

    /** The same at another version. */
    public IdentityRecord atVersion(long changed) {
        return new IdentityRecord(account, uniqueId, path, name, policies, tags, role, createdAt, changed);
    }

    /** The same with other policies. */
    public IdentityRecord withPolicies(List<PolicyDocument> changed) {
        return new IdentityRecord(account, uniqueId, path, name, changed, tags, role, createdAt, version);
    }

    /** The same with other tags. */
    public IdentityRecord withTags(SequencedMap<String, String> changed) {
        return new IdentityRecord(account, uniqueId, path, name, policies, changed, role, createdAt, version);
    }

    /** The same role on other terms. */
    public IdentityRecord withRole(RoleTerms changed) {
        return new IdentityRecord(account, uniqueId, path, name, policies, tags, changed, createdAt, version);
    }
}
