package dev.keyward.store;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccessKeyRecord.Source;
import dev.keyward.contract.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of access keys. */
final class AccessKeyTable {
    private static final String PUT = """
            INSERT INTO access_keys (id, account, user_id, source, active, sealed_secret, created_at)
            VALUES (:id, :account, :userId, :source, :active, :sealedSecret, :createdAt)
            ON CONFLICT (id) DO UPDATE SET account = excluded.account, user_id = excluded.user_id,
                source = excluded.source, active = excluded.active, sealed_secret = excluded.sealed_secret,
                created_at = excluded.created_at
            """;
    private static final String DELETE = "DELETE FROM access_keys WHERE id = :id";
    private static final String FIND = "SELECT * FROM access_keys WHERE id = :id";
    private static final String LIST = "SELECT * FROM access_keys ORDER BY id";
    private static final String IDS_OF_USER = "SELECT id FROM access_keys WHERE user_id = :userId";

    private AccessKeyTable() {}

    static void put(Handle handle, AccessKeyRecord accessKey) {
        handle.createUpdate(PUT)
                .bind("id", accessKey.id())
                .bind("account", accessKey.account().value())
                .bind("userId", accessKey.userId())
                .bind("source", accessKey.source().name())
                .bind("active", accessKey.active())
                .bind("sealedSecret", accessKey.sealedSecret())
                .bind("createdAt", Columns.microseconds(accessKey.createdAt()))
                .execute();
    }

    static void delete(Handle handle, String id) {
        handle.createUpdate(DELETE).bind("id", id).execute();
    }

    static Optional<AccessKeyRecord> find(Handle handle, String id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map(AccessKeyTable::accessKey)
                .findOne();
    }

    static List<AccessKeyRecord> list(Handle handle) {
        return handle.createQuery(LIST).map(AccessKeyTable::accessKey).list();
    }

    static List<String> idsOf(Handle handle, String userId) {
        return handle.createQuery(IDS_OF_USER)
                .bind("userId", userId)
                .mapTo(String.class)
                .list();
    }

    private static AccessKeyRecord accessKey(ResultSet row, StatementContext context) throws SQLException {
        RowSeals.of(context).require(SealedTable.ACCESS_KEYS, row);
        return new AccessKeyRecord(
                row.getString("id"),
                new AccountId(row.getString("account")),
                row.getString("user_id"),
                Columns.constant(Source.class, row, "source"),
                row.getBoolean("active"),
                row.getBytes("sealed_secret"),
                Columns.instant(row, "created_at"));
    }
}
