package dev.keyward.identity.sts;

import java.util.List;

/**
 * Whom an identity provider vouches for, verified. Immutable and thread-safe.
 *
 * @param provider who vouches
 * @param subject what the provider calls that one
 * @param audiences whom the token is for
 */
record WebIdentity(IdentityProvider provider, String subject, List<String> audiences) {
    WebIdentity {
        audiences = List.copyOf(audiences);
    }
}
