package dev.keyward.http.sigv4;

import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Scope;

/**
 * Who signed a request, proven. Immutable and thread-safe.
 *
 * @param scope the account of the principal and the Region that the signature is for
 * @param identity the principal
 * @param accessKeyId the access key that signed
 */
public record VerifiedSigner(Scope scope, CallerIdentity identity, String accessKeyId) {}
