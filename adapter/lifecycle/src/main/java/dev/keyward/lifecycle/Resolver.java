package dev.keyward.lifecycle;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Scope;
import dev.keyward.contract.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /** The ids of the keys that the targets work on now, without looking at the keys. */
    List<KeyId> keyIds(Caller caller, List<Target> targets) {
        List<KeyId> ids = new ArrayList<>(2);
        for (Target target : targets) {
            switch (target) {
                case Target.Key named -> ids.add(keyId(caller, target, named.reference()));
                case Target.GrantedKey named -> ids.add(keyId(caller, target, named.reference()));
                case Target.Mentioned named -> ids.add(keyId(caller, target, named.reference()));
                case Target.Ciphertext named -> {
                    KeyId ofBlob = CiphertextBlob.decode(named.blob()).key();
                    ids.add(named.reference() == null ? ofBlob : keyId(caller, target, named.reference()));
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
                        case Target.Key named -> key(caller, target, named.reference(), now);
                        case Target.GrantedKey named -> key(caller, target, named.reference(), now);
                        case Target.Mentioned named -> key(caller, target, named.reference(), now);
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

    private Resources.Resolved key(Caller caller, Target target, KeyReference reference, Instant now) {
        KeyId id = keyId(caller, target, reference);
        KeyRecord key = find(reference.scope(), id, now);
        if (key == null) {
            throw unknown(
                    caller,
                    target,
                    reference,
                    new KeywardException(
                            ErrorCode.NOT_FOUND, "Key '%s' does not exist".formatted(id.arn(reference.scope()))));
        }
        return new Resources.Resolved(target, key.arn(), key, null, null);
    }

    private Resources.Resolved ciphertext(Target.Ciphertext named, Caller caller, Instant now) {
        CiphertextBlob blob = CiphertextBlob.decode(named.blob());
        if (named.reference() != null) {
            KeyRecord key = key(caller, named, named.reference(), now).key();
            return new Resources.Resolved(named, Objects.requireNonNull(key).arn(), key, null, blob);
        }
        KeyRecord key = find(new Scope(blob.account(), caller.scope().region()), blob.key(), now);
        if (key == null) {
            throw unknownCiphertextKey();
        }
        return new Resources.Resolved(named, key.arn(), key, null, blob);
    }

    private Resources.Resolved alias(Target.Alias named, Scope scope) {
        AliasRecord alias = named.existing() ? alias(scope, named.name()) : null;
        return new Resources.Resolved(named, scope.arn(named.name()), null, alias, null);
    }

    private Resources.Resolved keyOfAlias(Target.AliasedKey named, Scope scope, Instant now) {
        KeyId id = alias(scope, named.name()).target();
        return new Resources.Resolved(named, id.arn(scope), find(scope, id, now), null, null);
    }

    private KeyId keyId(Caller caller, Target target, KeyReference reference) {
        return switch (reference) {
            case KeyReference.ById byId -> byId.id();
            case KeyReference.ByAlias byAlias ->
                store.findAlias(byAlias.scope(), byAlias.name())
                        .orElseThrow(() -> unknown(caller, target, reference, aliasNotFound(byAlias.arn())))
                        .target();
        };
    }

    private AliasRecord alias(Scope scope, String name) {
        return store.findAlias(scope, name).orElseThrow(() -> aliasNotFound(scope.arn(name)));
    }

    /** What is answered for a key that there is not: in another account the same as for one that must not be used. */
    private static KeywardException unknown(
            Caller caller, Target target, KeyReference reference, KeywardException notFound) {
        return Authorizer.isOwn(caller, reference.scope().account())
                ? notFound
                : Authorizer.ofStranger(caller, target.action(), reference);
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
        key.materials().stream()
                .filter(material -> material.presence() == MaterialPresence.PRESENT && material.isExpired(now))
                .forEach(material -> token.forgetSubkeys(material.reference()));
    }

    /** What is answered for a ciphertext whose key is not here, or not the caller's to use: nobody learns which. */
    static KeywardException unknownCiphertextKey() {
        return new KeywardException(ErrorCode.ACCESS_DENIED, UNKNOWN_CIPHERTEXT_KEY);
    }

    private static KeywardException aliasNotFound(String arn) {
        return new KeywardException(ErrorCode.NOT_FOUND, "Alias %s is not found.".formatted(arn));
    }
}
