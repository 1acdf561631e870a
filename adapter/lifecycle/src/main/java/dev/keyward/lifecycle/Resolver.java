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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what a request names. Every look-up is inside one scope. What is not there is told at once in the caller's own
 * account; in another it is left open, so that it is refused in its turn and like what may not be used. Thread-safe.
 */
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

    /** The ids of the keys that the targets work on now, without looking at the keys. */
    List<KeyId> keyIds(Caller caller, List<Target> targets) {
        List<KeyId> ids = new ArrayList<>(2);
        for (Target target : targets) {
            switch (target) {
                case Target.Key named -> keyId(caller, named.reference()).ifPresent(ids::add);
                case Target.GrantedKey named -> keyId(caller, named.reference()).ifPresent(ids::add);
                case Target.Mentioned named -> keyId(caller, named.reference()).ifPresent(ids::add);
                case Target.Ciphertext named -> {
                    KeyId ofBlob = CiphertextBlob.decode(named.blob()).key();
                    Optional.ofNullable(named.reference())
                            .map(reference -> keyId(caller, reference))
                            .orElse(Optional.of(ofBlob))
                            .ifPresent(ids::add);
                }
                case Target.Alias _, Target.AliasedKey _, Target.Account _ -> {}
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
                        case Target.Key named -> key(caller, target, named.reference(), null, now);
                        case Target.GrantedKey named -> key(caller, target, named.reference(), null, now);
                        case Target.Mentioned named -> key(caller, target, named.reference(), null, now);
                        case Target.Ciphertext named -> ciphertext(named, caller, now);
                        case Target.Alias named -> alias(named, caller.scope());
                        case Target.AliasedKey named -> keyOfAlias(named, caller.scope(), now);
                        case Target.Account named -> new Resources.Resolved(named, named.arn(), null, null, null);
                    });
        }
        return new Resources(resolved);
    }

    /**
     * Refuses a ciphertext that another key has made than the one it was said to be. Asked only of who may use that one:
     * nobody else learns whether it exists.
     */
    static void requireNamedKey(Resources.Resolved one) {
        CiphertextBlob blob = one.ciphertext();
        KeyRecord key = one.key();
        if (blob != null
                && key != null
                && !(blob.key().equals(key.id())
                        && blob.account().equals(key.scope().account()))) {
            throw new KeywardException(
                    ErrorCode.INCORRECT_KEY,
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        }
    }

    private Resources.Resolved key(
            Caller caller, Target target, KeyReference reference, @Nullable CiphertextBlob blob, Instant now) {
        KeyId id = keyId(caller, reference).orElse(null);
        KeyRecord key = id == null ? null : find(reference.scope(), id, now);
        if (id != null && key == null && isOwn(caller, reference)) {
            throw new KeywardException(
                    ErrorCode.NOT_FOUND, "Key '%s' does not exist".formatted(id.arn(reference.scope())));
        }
        return new Resources.Resolved(target, key == null ? reference.arn() : key.arn(), key, null, blob);
    }

    private Resources.Resolved ciphertext(Target.Ciphertext named, Caller caller, Instant now) {
        CiphertextBlob blob = CiphertextBlob.decode(named.blob());
        if (named.reference() != null) {
            return key(caller, named, named.reference(), blob, now);
        }
        Scope scope = new Scope(blob.account(), caller.scope().region());
        return new Resources.Resolved(named, blob.key().arn(scope), find(scope, blob.key(), now), null, blob);
    }

    private Resources.Resolved alias(Target.Alias named, Scope scope) {
        AliasRecord alias = named.existing() ? alias(scope, named.name()) : null;
        return new Resources.Resolved(named, scope.arn(named.name()), null, alias, null);
    }

    private Resources.Resolved keyOfAlias(Target.AliasedKey named, Scope scope, Instant now) {
        KeyId id = alias(scope, named.name()).target();
        return new Resources.Resolved(named, id.arn(scope), find(scope, id, now), null, null);
    }

    /** The id that a reference stands for; empty for an alias of another account that there is not. */
    private Optional<KeyId> keyId(Caller caller, KeyReference reference) {
        return switch (reference) {
            case KeyReference.ById byId -> Optional.of(byId.id());
            case KeyReference.ByAlias byAlias -> {
                Optional<AliasRecord> alias = store.findAlias(byAlias.scope(), byAlias.name());
                if (alias.isEmpty() && isOwn(caller, reference)) {
                    throw aliasNotFound(byAlias.arn());
                }
                yield alias.map(AliasRecord::target);
            }
        };
    }

    private AliasRecord alias(Scope scope, String name) {
        return store.findAlias(scope, name).orElseThrow(() -> aliasNotFound(scope.arn(name)));
    }

    private static boolean isOwn(Caller caller, KeyReference reference) {
        return Authorizer.isOwn(caller, reference.scope().account());
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
