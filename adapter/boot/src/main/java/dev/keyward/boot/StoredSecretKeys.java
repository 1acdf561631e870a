package dev.keyward.boot;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.http.sigv4.SecretKeys;
import dev.keyward.http.sigv4.SigningIdentity;
import java.util.Base64;
import java.util.Optional;

/** The stored identities, as the signature verifier asks for them. Thread-safe. */
final class StoredSecretKeys implements SecretKeys {
    private final IdentityStore store;
    private final SecretSealer sealer;

    StoredSecretKeys(IdentityStore store, SecretSealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    @Override
    public Optional<SigningIdentity> find(String accessKeyId) {
        return store.findAccessKey(accessKeyId).map(this::identity);
    }

    private SigningIdentity identity(AccessKeyRecord accessKey) {
        return new SigningIdentity(
                accessKey.account(),
                accessKey.principalArn(),
                accessKey.active(),
                // Sealing the same secret again gives other bytes, so these tell one secret from the next.
                Base64.getEncoder().encodeToString(accessKey.sealedSecret()),
                () -> sealer.open(accessKey.id(), accessKey.account(), accessKey.sealedSecret()));
    }
}
