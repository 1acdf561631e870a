package dev.keyward.lifecycle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.PrincipalRecord;
import dev.keyward.policy.IdentityPolicy;
import dev.keyward.policy.KeyPolicy;
import dev.keyward.policy.PrincipalPolicies;
import java.util.List;
import java.util.Map;

/**
 * Policies, parsed once and remembered by their text: a policy that changes is another text, so nothing has to be
 * forgotten. Thread-safe.
 */
final class Policies {
    private static final long MAXIMUM_CHARACTERS = 16L * 1024 * 1024;

    private record KeyPolicyText(AccountId owner, String text, Map<String, String> principals) {}

    private final Cache<KeyPolicyText, KeyPolicy> keyPolicies = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_CHARACTERS)
            .<KeyPolicyText, KeyPolicy>weigher((policy, _) -> policy.text().length())
            .build();
    private final Cache<PolicyDocument, IdentityPolicy> identityPolicies = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_CHARACTERS)
            .<PolicyDocument, IdentityPolicy>weigher(
                    (policy, _) -> policy.text().length())
            .build();

    /** The policy of a key, which means whom it meant when it was put. */
    KeyPolicy of(KeyRecord key) {
        return keyPolicies.get(
                new KeyPolicyText(key.scope().account(), key.policy(), key.policyPrincipals()),
                policy -> KeyPolicy.parse(policy.text(), policy.owner()).boundTo(policy.principals()));
    }

    /** The policies of a principal. */
    PrincipalPolicies of(PrincipalRecord principal) {
        return new PrincipalPolicies(
                principal.principal(), parsed(principal.identityPolicies()), parsed(principal.sessionPolicies()));
    }

    private List<IdentityPolicy> parsed(List<PolicyDocument> documents) {
        return documents.stream()
                .map(document ->
                        identityPolicies.get(document, missing -> IdentityPolicy.parse(missing.name(), missing.text())))
                .toList();
    }
}
