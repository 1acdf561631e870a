package dev.keyward.identity.sts;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.WebIdentityUser;
import java.util.List;

/**
 * Whom an identity provider vouches for, verified. Immutable and thread-safe.
 *
 * @param provider who vouches
 * @param subject what the provider calls that one
 * @param audiences whom the token is for, one of the provider's audiences among them
 */
record WebIdentity(IdentityProvider provider, String subject, List<String> audiences) {
    WebIdentity {
        audiences = List.copyOf(audiences);
    }

    /** The first of its audiences that its provider's tokens must be for. */
    String audience() {
        return audiences.stream()
                .filter(provider.audiences()::contains)
                .findFirst()
                .orElseThrow();
    }

    /** What it is to an account. */
    WebIdentityUser in(AccountId account) {
        return new WebIdentityUser(provider.arn(account), audience(), subject);
    }
}
