package dev.keyward.contract;

/**
 * Where a request came from, whoever sent it. Immutable and thread-safe.
 *
 * @param sourceAddress the address of the peer, or {@code in-process}
 * @param userAgent what the client calls itself; empty if it does not say
 * @param requestId the id that the answer carries
 * @param secureTransport whether the request came over TLS, or never left the process
 */
public record RequestOrigin(String sourceAddress, String userAgent, String requestId, boolean secureTransport) {}
