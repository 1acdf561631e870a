package dev.keyward.store;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.Scope;
import dev.keyward.store.CachedNames.AliasName;
import dev.keyward.store.CachedNames.KeyName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a unit of work changes. It names each row here before it changes it: the row must be as it was written, the cache
 * must forget it before the write returns, and it gets a new seal. A row that goes with another is named too. Not
 * thread-safe.
 */
final class Changes {
    private final SealedRows rows;
    private final CachedNames cached = new CachedNames();

    /** Of the rows that are to be sealed. */
    private final Map<RowName, Optional<byte[]>> formerSeals = new LinkedHashMap<>();

    private RowHead difference = RowHead.EMPTY;

    /** @param rows through the connection that writes */
    Changes(SealedRows rows) {
        this.rows = rows;
    }

    void key(Scope scope, KeyId id) {
        cached.keys().add(new KeyName(scope, id));
        note(SealedTable.KEYS, id.value());
    }

    void alias(Scope scope, String name) {
        cached.aliases().add(new AliasName(scope, name));
        note(SealedTable.ALIASES, scope.account().value(), scope.region().value(), name);
    }

    void grant(String id) {
        note(SealedTable.GRANTS, id);
    }

    void lastUsage(KeyId key) {
        note(SealedTable.LAST_USAGES, key.value());
    }

    void wrappingKey(String id) {
        note(SealedTable.WRAPPING_KEYS, id);
    }

    void accessKey(String id) {
        cached.accessKeys().add(id);
        note(SealedTable.ACCESS_KEYS, id);
    }

    void identity(String uniqueId) {
        cached.identities().add(uniqueId);
        note(SealedTable.IDENTITIES, uniqueId);
    }

    private void note(SealedTable table, String... key) {
        formerSeals.computeIfAbsent(new RowName(table, List.of(key)), rows::authenticSeal);
    }

    /** Seals the rows as they are now. The work that goes on may read them then. */
    void seal() {
        formerSeals.forEach((row, former) -> difference = difference.plus(rows.difference(former, rows.renew(row))));
        formerSeals.clear();
    }

    /** What the new seals add to the head. */
    RowHead difference() {
        return difference;
    }

    /** What the cache must forget. */
    CachedNames cached() {
        return cached;
    }
}
