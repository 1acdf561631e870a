package dev.keyward.store;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of last usages, and since when there is one. */
final class LastUsageTable {
    private static final String BEGIN = """
            INSERT INTO usage_tracking (only_row, since) VALUES (TRUE, :now) ON CONFLICT (only_row) DO NOTHING
            """;
    private static final String SINCE = "SELECT since FROM usage_tracking";
    private static final String PUT = """
            INSERT INTO last_usages (key_id, operation, used_at, event_id, request_id)
            SELECT id, :operation, :usedAt, :event, :request FROM keys
                WHERE id = :key AND account = :account AND region = :region
            ON CONFLICT (key_id) DO UPDATE SET operation = excluded.operation, used_at = excluded.used_at,
                event_id = excluded.event_id, request_id = excluded.request_id
            WHERE excluded.used_at >= last_usages.used_at
            """;
    private static final String FIND = """
            SELECT last_usages.* FROM last_usages JOIN keys ON keys.id = last_usages.key_id
            WHERE keys.id = :key AND keys.account = :account AND keys.region = :region
            """;

    private LastUsageTable() {}

    static Optional<Instant> since(Handle handle) {
        return handle.createQuery(SINCE)
                .map((row, context) -> Columns.instant(row, "since"))
                .findOne();
    }

    static void begin(Handle handle, Instant now) {
        handle.createUpdate(BEGIN).bind("now", Columns.microseconds(now)).execute();
    }

    static void put(Handle handle, KeyUsageRecord usage) {
        Columns.bindScope(handle.createUpdate(PUT), usage.scope())
                .bind("key", usage.key().value())
                .bind("operation", usage.operation())
                .bind("usedAt", Columns.microseconds(usage.usedAt()))
                .bind("event", usage.eventId())
                .bind("request", usage.requestId())
                .execute();
    }

    static Optional<KeyUsageRecord> find(Handle handle, Scope scope, KeyId key) {
        Optional<KeyUsageRecord> found = Columns.bindScope(handle.createQuery(FIND), scope)
                .bind("key", key.value())
                .map((row, context) -> new KeyUsageRecord(
                        scope,
                        key,
                        row.getString("operation"),
                        Columns.instant(row, "used_at"),
                        row.getString("event_id"),
                        row.getString("request_id")))
                .findOne();
        if (found.isPresent()) {
            new SealedRows(handle)
                    .requireAuthentic(List.of(new RowName(SealedTable.LAST_USAGES, List.of(key.value()))));
        }
        return found;
    }
}
