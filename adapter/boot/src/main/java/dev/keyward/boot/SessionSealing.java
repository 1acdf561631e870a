package dev.keyward.boot;

import dev.keyward.contract.ServicePurpose;
import dev.keyward.identity.SessionTokens;
import dev.keyward.lifecycle.Sealer;
import java.util.Optional;

/** Seals session tokens under a service key, which lives in the token. Thread-safe. */
final class SessionSealing implements SessionTokens.Sealing {
    private final Sealer sealer;

    SessionSealing(Sealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public byte[] seal(String binding, byte[] value) {
        return sealer.seal(ServicePurpose.SESSION_TOKEN, binding, value);
    }

    @Override
    public Optional<byte[]> open(String binding, byte[] sealed) {
        return sealer.open(ServicePurpose.SESSION_TOKEN, binding, sealed);
    }
}
