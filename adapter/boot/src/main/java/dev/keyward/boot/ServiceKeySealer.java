package dev.keyward.boot;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.identity.SecretSealer;
import dev.keyward.lifecycle.Sealer;

/** Seals secret access keys under a service key, which lives in the token. Thread-safe. */
final class ServiceKeySealer implements SecretSealer {
    private final Sealer sealer;

    ServiceKeySealer(Sealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public byte[] seal(String accessKeyId, AccountId account, byte[] secret) {
        return sealer.seal(ServicePurpose.IDENTITY_SECRET, binding(accessKeyId, account), secret);
    }

    @Override
    public byte[] open(String accessKeyId, AccountId account, byte[] sealed) {
        return sealer.open(ServicePurpose.IDENTITY_SECRET, binding(accessKeyId, account), sealed)
                .orElseThrow(() -> new StartException("the stored secret of access key " + accessKeyId
                        + " does not open: it was sealed by another token, or the database was changed"));
    }

    private static String binding(String accessKeyId, AccountId account) {
        return account + "/" + accessKeyId;
    }
}
