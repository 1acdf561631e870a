package dev.keyward.store;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.Scope;
import java.util.ArrayList;
import java.util.List;

/** What the cache must forget, by what it is looked up by. Not thread-safe. */
final class CachedNames {
    private final List<KeyName> keys = new ArrayList<>();
    private final List<AliasName> aliases = new ArrayList<>();
    private final List<String> accessKeys = new ArrayList<>();
    private final List<String> identities = new ArrayList<>();

    /** What a key is looked up by. */
    record KeyName(Scope scope, KeyId id) {}

    /** What an alias is looked up by. */
    record AliasName(Scope scope, String name) {}

    List<KeyName> keys() {
        return keys;
    }

    List<AliasName> aliases() {
        return aliases;
    }

    List<String> accessKeys() {
        return accessKeys;
    }

    /** By their unique ids. */
    List<String> identities() {
        return identities;
    }
}
