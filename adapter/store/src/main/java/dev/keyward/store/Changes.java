package dev.keyward.store;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.Scope;
import java.util.ArrayList;
import java.util.List;

/** What a unit of work may have changed, and the cache must forget before the write returns. Not thread-safe. */
final class Changes {
    private final List<KeyName> keys = new ArrayList<>();
    private final List<AliasName> aliases = new ArrayList<>();
    private final List<String> accessKeys = new ArrayList<>();
    private final List<String> identities = new ArrayList<>();

    /** What a key is looked up by. */
    record KeyName(Scope scope, KeyId id) {}

    /** What an alias is looked up by. */
    record AliasName(Scope scope, String name) {}

    void key(Scope scope, KeyId id) {
        keys.add(new KeyName(scope, id));
    }

    void alias(Scope scope, String name) {
        aliases.add(new AliasName(scope, name));
    }

    void accessKey(String id) {
        accessKeys.add(id);
    }

    void identity(String uniqueId) {
        identities.add(uniqueId);
    }

    List<KeyName> keys() {
        return keys;
    }

    List<AliasName> aliases() {
        return aliases;
    }

    List<String> accessKeys() {
        return accessKeys;
    }

    List<String> identities() {
        return identities;
    }
}
