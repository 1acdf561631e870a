package dev.keyward.contract;

/**
 * Who sent a request, after the signature was verified, and from where. Immutable and thread-safe.
 *
 * @param scope the account of the principal and the Region that the signature names
 * @param principalArn the ARN of the principal
 * @param accessKeyId the access key that signed
 * @param sourceAddress the address of the peer, or {@code in-process}
 * @param userAgent what the client calls itself; empty if it does not say
 * @param requestId the id that the answer carries
 */
public record Caller(
        Scope scope,
        String principalArn,
        String accessKeyId,
        String sourceAddress,
        String userAgent,
        String requestId) {}
