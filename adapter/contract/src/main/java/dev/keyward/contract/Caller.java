package dev.keyward.contract;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, after the signature was verified, and from where. Immutable and thread-safe.
 *
 * @param scope the account of the principal and the Region that the signature names
 * @param identity who that is
 * @param accessKeyId the access key that signed; empty if none did
 * @param sourceAddress the address of the peer, or {@code in-process}
 * @param userAgent what the client calls itself; empty if it does not say
 * @param requestId the id that the answer carries
 * @param secureTransport whether the request came over TLS, or never left the process
 */
public record Caller(
        Scope scope,
        CallerIdentity identity,
        String accessKeyId,
        String sourceAddress,
        String userAgent,
        String requestId,
        boolean secureTransport) {
    /**
     * Somebody in this process, or at this host's command line, where nothing is signed.
     *
     * @param agent what is said to ask
     */
    public static Caller inProcess(Scope scope, CallerIdentity identity, String agent) {
        return new Caller(
                scope, identity, "", "in-process", agent, UUID.randomUUID().toString(), true);
    }

    /** The ARN of the principal. */
    public String principalArn() {
        return identity.arn();
    }

    /** The session that it signed for; null for an access key that is not temporary. */
    public @Nullable TemporarySession session() {
        return identity.session();
    }
}
