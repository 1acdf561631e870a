package dev.keyward.http.sigv4;

import dev.keyward.contract.Scope;
import dev.keyward.contract.TemporarySession;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a request, proven. Immutable and thread-safe.
 *
 * @param scope the account of the principal and the Region that the signature is for
 * @param principalArn the principal
 * @param accessKeyId the access key that signed
 * @param session the session that a temporary access key is of; null for any other
 */
public record VerifiedSigner(
        Scope scope,
        String principalArn,
        String accessKeyId,
        @Nullable TemporarySession session) {}
