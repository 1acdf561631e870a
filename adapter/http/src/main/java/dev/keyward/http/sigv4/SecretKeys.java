package dev.keyward.http.sigv4;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the verifier finds who may sign. Safe for use by many threads at once. */
public interface SecretKeys {
    /**
     * The identity behind an access key id, active or not; empty if there is none. The answer is current: a change that
     * was made before the call is seen by it, since the verifier asks at every request and keeps no identity.
     *
     * @param accessKeyId what the request names, 1 to 128 letters, digits, hyphens and underscores; believed by nobody yet
     * @param sessionToken the session token that goes with a temporary access key, as it was sent; null for none
     */
    Optional<SigningIdentity> find(String accessKeyId, @Nullable String sessionToken);
}
