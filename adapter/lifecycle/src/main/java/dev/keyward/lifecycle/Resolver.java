package dev.keyward.lifecycle;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Scope;
import dev.keyward.contract.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up what a request names. Every look-up is inside one scope. Thread-safe. */
final class Resolver {
    private static final String UNKNOWN_CIPHERTEXT_KEY =
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, "
                    + "or you are not allowed to access.";

    private final MetadataStore store;
    private final Token token;

    Resolver(MetadataStore store, Token token) {
        this.store = store;
        this.token = token;
    }

    /** The ids of the keys that the targets name now, without looking at the keys. */
    List<KeyId> keyIds(List<Target> targets) {
        List<KeyId> ids = new ArrayList<>(2);
        for (Target target : targets) {
            switch (target) {
                case Target.Key named -> ids.add(keyId(named.reference()));
                case Target.Ciphertext named ->
                    ids.add(CiphertextBlob.decode(named.blob()).key());
                case Target.Alias named -> {}
            }
        }
        return ids;
    }

    /** What the targets name, as it stands at {@code now}. */
    Resources resolve(Caller caller, List<Target> targets, Instant now) {
        List<Resources.Resolved> resolved = new ArrayList<>(targets.size());
        for (Target target : targets) {
            resolved.add(
                    switch (target) {
                        case Target.Key named -> key(named, now);
                        case Target.Ciphertext named -> ciphertext(named, caller, now);
                        case Target.Alias named -> alias(named, caller.scope());
                    });
        }
        return new Resources(resolved);
    }

    private Resources.Resolved key(Target.Key named, Instant now) {
        KeyRecord key = key(named.reference(), now);
        return new Resources.Resolved(named, key.arn(), key, null, null);
    }

    private Resources.Resolved ciphertext(Target.Ciphertext named, Caller caller, Instant now) {
        CiphertextBlob blob = CiphertextBlob.decode(named.blob());
        if (named.expected() != null) {
            KeyRecord expected = key(named.expected(), now);
            if (!expected.id().equals(blob.key()) || !expected.scope().account().equals(blob.account())) {
                throw new KeywardException(
                        ErrorCode.INCORRECT_KEY,
                        "The key ID in the request does not identify a CMK that can perform this operation.");
            }
        }
        Scope scope = new Scope(blob.account(), caller.scope().region());
        KeyRecord key = find(scope, blob.key(), now);
        if (key == null) {
            throw unknownCiphertextKey();
        }
        return new Resources.Resolved(named, key.arn(), key, null, blob);
    }

    private Resources.Resolved alias(Target.Alias named, Scope scope) {
        AliasRecord alias =
                named.existing() ? store.findAlias(scope, named.name()).orElse(null) : null;
        if (named.existing() && alias == null) {
            throw aliasNotFound(scope.arn(named.name()));
        }
        return new Resources.Resolved(named, scope.arn(named.name()), null, alias, null);
    }

    private KeyRecord key(KeyReference reference, Instant now) {
        KeyId id = keyId(reference);
        KeyRecord key = find(reference.scope(), id, now);
        if (key == null) {
            throw new KeywardException(
                    ErrorCode.NOT_FOUND, "Key '%s' does not exist".formatted(id.arn(reference.scope())));
        }
        return key;
    }

    private KeyId keyId(KeyReference reference) {
        return switch (reference) {
            case KeyReference.ById byId -> byId.id();
            case KeyReference.ByAlias byAlias ->
                store.findAlias(byAlias.scope(), byAlias.name())
                        .orElseThrow(() -> aliasNotFound(byAlias.arn()))
                        .target();
        };
    }

    private @Nullable KeyRecord find(Scope scope, KeyId id, Instant now) {
        KeyRecord key = store.findKey(scope, id).orElse(null);
        if (key == null || !KeyStates.exists(key, now)) {
            return null;
        }
        dropSubkeysOfExpiredMaterial(key, now);
        return key;
    }

    /** The first request that meets an expired material ends its subkeys: a background worker may be late. */
    private void dropSubkeysOfExpiredMaterial(KeyRecord key, Instant now) {
        for (MaterialRecord material : key.materials()) {
            if (material.presence() == MaterialPresence.PRESENT && material.isExpired(now)) {
                token.forgetSubkeys(material.reference());
            }
        }
    }

    /** What is answered for a ciphertext whose key is not here, or not the caller's to use: nobody learns which. */
    static KeywardException unknownCiphertextKey() {
        return new KeywardException(ErrorCode.ACCESS_DENIED, UNKNOWN_CIPHERTEXT_KEY);
    }

    private static KeywardException aliasNotFound(String arn) {
        return new KeywardException(ErrorCode.NOT_FOUND, "Alias %s is not found.".formatted(arn));
    }
}
