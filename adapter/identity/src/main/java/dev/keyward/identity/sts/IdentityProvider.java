package dev.keyward.identity.sts;

import dev.keyward.contract.AccountId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * An OpenID Connect provider whose tokens are believed, in every account. Immutable and thread-safe.
 *
 * @param issuer its URL, exactly as its tokens name it
 * @param audiences whom its tokens must be for, one of these at least
 * @param keys where its public keys are
 * @param clockSkew by how much its clock may differ
 */
public record IdentityProvider(String issuer, Set<String> audiences, Keys keys, Duration clockSkew) {
    private static final String SCHEME_END = "://";

    /** Where the public keys of a provider are, as a JSON Web Key Set. */
    public sealed interface Keys {
        /** A file, which is read anew for every token. */
        record File(Path path) implements Keys {}

        /** An address, whose answer is kept for some minutes. */
        record Address(URI uri) implements Keys {}
    }

    /** Copies the set. */
    public IdentityProvider {
        audiences = Set.copyOf(audiences);
    }

    /** The issuer without its scheme: what condition keys and ARNs call it. */
    String name() {
        int scheme = issuer.indexOf(SCHEME_END);
        return scheme < 0 ? issuer : issuer.substring(scheme + SCHEME_END.length());
    }

    /** How trust policies of an account name it. */
    String arn(AccountId account) {
        return "arn:aws:iam::" + account + ":oidc-provider/" + name();
    }
}
