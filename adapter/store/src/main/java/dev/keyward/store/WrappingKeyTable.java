package dev.keyward.store;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.Scope;
import dev.keyward.contract.WrappingKeyRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of import wrapping keys. */
final class WrappingKeyTable {
    private static final String INSERT = """
            INSERT INTO wrapping_keys (account, region, id, key_id, modulus_bits, token, residence, opaque, presence,
                created_at, expires_at)
            VALUES (:account, :region, :id, :key, :modulusBits, :token, :residence, :opaque, :presence,
                :createdAt, :expiresAt)
            """;
    private static final String CHANGE = """
            UPDATE wrapping_keys SET presence = :changed
            WHERE id = :id AND account = :account AND region = :region AND presence = :expected
            """;
    private static final String DELETE = """
            DELETE FROM wrapping_keys WHERE id = :id AND account = :account AND region = :region
            """;
    private static final String FIND = """
            SELECT * FROM wrapping_keys WHERE id = :id AND account = :account AND region = :region
            """;
    private static final String LIST = """
            SELECT * FROM wrapping_keys WHERE account = :account AND region = :region AND key_id = :key
            ORDER BY created_at, id
            """;
    private static final String IDS_OF_KEY = """
            SELECT id FROM wrapping_keys WHERE account = :account AND region = :region AND key_id = :key
            """;
    private static final String COUNT = """
            SELECT count(*) FROM wrapping_keys WHERE account = :account
            """;
    private static final String FIND_WITH_WORK = """
            SELECT * FROM wrapping_keys
            WHERE expires_at <= :now OR presence = 'DESTROYING'
                OR (presence = 'CREATING' AND created_at < :creatingBefore)
            ORDER BY created_at, id LIMIT :limit
            """;
    private static final String LIST_ALL = """
            SELECT * FROM wrapping_keys ORDER BY created_at, id
            """;

    private WrappingKeyTable() {}

    static void insert(Handle handle, WrappingKeyRecord wrappingKey) {
        Columns.bindReference(
                        Columns.bindScope(handle.createUpdate(INSERT), wrappingKey.scope()), wrappingKey.reference())
                .bind("id", wrappingKey.id())
                .bind("key", wrappingKey.key().value())
                .bind("modulusBits", wrappingKey.modulusBits())
                .bind("presence", wrappingKey.presence().name())
                .bind("createdAt", Columns.microseconds(wrappingKey.createdAt()))
                .bind("expiresAt", Columns.microseconds(wrappingKey.expiresAt()))
                .execute();
    }

    static boolean change(
            Handle handle, WrappingKeyRecord wrappingKey, MaterialPresence expected, MaterialPresence changed) {
        return Columns.bindScope(handle.createUpdate(CHANGE), wrappingKey.scope())
                        .bind("id", wrappingKey.id())
                        .bind("expected", expected.name())
                        .bind("changed", changed.name())
                        .execute()
                > 0;
    }

    static boolean delete(Handle handle, WrappingKeyRecord wrappingKey) {
        return Columns.bindScope(handle.createUpdate(DELETE), wrappingKey.scope())
                        .bind("id", wrappingKey.id())
                        .execute()
                > 0;
    }

    static Optional<WrappingKeyRecord> find(Handle handle, Scope scope, String id) {
        return Columns.bindScope(handle.createQuery(FIND), scope)
                .bind("id", id)
                .map(WrappingKeyTable::wrappingKey)
                .findOne();
    }

    static List<WrappingKeyRecord> list(Handle handle, Scope scope, KeyId key) {
        return Columns.bindScope(handle.createQuery(LIST), scope)
                .bind("key", key.value())
                .map(WrappingKeyTable::wrappingKey)
                .list();
    }

    static List<String> idsOf(Handle handle, Scope scope, KeyId key) {
        return Columns.bindScope(handle.createQuery(IDS_OF_KEY), scope)
                .bind("key", key.value())
                .mapTo(String.class)
                .list();
    }

    static long count(Handle handle, AccountId account) {
        return handle.createQuery(COUNT)
                .bind("account", account.value())
                .mapTo(Long.class)
                .one();
    }

    static List<WrappingKeyRecord> findWithWork(Handle handle, Instant now, Instant creatingBefore, int limit) {
        return handle.createQuery(FIND_WITH_WORK)
                .bind("now", Columns.microseconds(now))
                .bind("creatingBefore", Columns.microseconds(creatingBefore))
                .bind("limit", limit)
                .map(WrappingKeyTable::wrappingKey)
                .list();
    }

    static List<WrappingKeyRecord> listAll(Handle handle) {
        return handle.createQuery(LIST_ALL).map(WrappingKeyTable::wrappingKey).list();
    }

    private static WrappingKeyRecord wrappingKey(ResultSet row, StatementContext context) throws SQLException {
        RowSeals.of(context).require(SealedTable.WRAPPING_KEYS, row);
        return new WrappingKeyRecord(
                Columns.scope(row),
                row.getString("id"),
                new KeyId(row.getString("key_id")),
                row.getInt("modulus_bits"),
                Columns.reference(row),
                Columns.constant(MaterialPresence.class, row, "presence"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"));
    }
}
