package dev.keyward.contract;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, after the signature was verified, and from where. Immutable and thread-safe.
 *
 * @param scope the account of the principal and the Region that the signature names
 * @param principalArn the ARN of the principal
 * @param accessKeyId the access key that signed
 * @param session the session that it signed for; null for an access key that is not temporary
 * @param sourceAddress the address of the peer, or {@code in-process}
 * @param userAgent what the client calls itself; empty if it does not say
 * @param requestId the id that the answer carries
 * @param secureTransport whether the request came over TLS, or never left the process
 */
public record Caller(
        Scope scope,
        String principalArn,
        String accessKeyId,
        @Nullable TemporarySession session,
        String sourceAddress,
        String userAgent,
        String requestId,
        boolean secureTransport) {}
