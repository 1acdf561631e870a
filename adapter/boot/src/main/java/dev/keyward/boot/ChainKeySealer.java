package dev.keyward.boot;

import dev.keyward.audit.ChainSealer;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.lifecycle.Sealer;
import java.util.Optional;

/** Seals the keys of audit chains under a service key, which lives in the token. Thread-safe. */
final class ChainKeySealer implements ChainSealer {
    private final Sealer sealer;

    ChainKeySealer(Sealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public byte[] seal(String binding, byte[] key) {
        return sealer.seal(ServicePurpose.AUDIT, binding, key);
    }

    @Override
    public Optional<byte[]> open(String binding, byte[] seal) {
        return sealer.open(ServicePurpose.AUDIT, binding, seal);
    }
}
