package dev.keyward.identity;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.PolicyDocument;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a user or role is to be like. Immutable and thread-safe.
 *
 * @param account whose it is
 * @param name its name
 * @param path its path, which cannot be changed later
 * @param policies all the policies it has
 * @param tags all the tags it has
 * @param trust who may assume it; null for a user
 */
public record WantedIdentity(
        AccountId account,
        String name,
        String path,
        List<PolicyDocument> policies,
        SequencedMap<String, String> tags,
        @Nullable Trust trust) {

    /**
     * What makes it a role.
     *
     * @param policy who may assume it
     * @param longestSession how long a session may last, 1 to 12 hours
     */
    public record Trust(String policy, Duration longestSession) {
        /** How long a session may last if nothing is said: as AWS IAM has it. */
        public static final Duration DEFAULT_LONGEST_SESSION = Duration.ofHours(1);
    }

    /** Copies the collections. */
    public WantedIdentity {
        policies = List.copyOf(policies);
        tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }

    Kind kind() {
        return trust == null ? Kind.USER : Kind.ROLE;
    }

    String arn() {
        return kind().arn(account, path, name);
    }

    /** @throws IdentityException if anything of it is not allowed, naming it */
    void check() {
        String place = kind().word() + " " + name;
        IdentityForms.checkName(place, name);
        IdentityForms.checkPath(place, path);
        IdentityForms.checkTags(place, tags);
        policies.forEach(policy -> IdentityForms.checkPolicy(place, policy));
        if (policies.stream().map(PolicyDocument::name).distinct().count() < policies.size()) {
            throw new IdentityException(place + ": two policies have the same name");
        }
        if (trust != null) {
            IdentityForms.checkLongestSession(place, trust.longestSession());
        }
    }
}
