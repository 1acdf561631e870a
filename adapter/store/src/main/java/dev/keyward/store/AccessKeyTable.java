package dev.keyward.store;

import dev.keyward.contract.AccessKeyRecord;
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
            INSERT INTO access_keys (id, account, principal_arn, root, active, sealed_secret, created_at)
            VALUES (:id, :account, :principalArn, :root, :active, :sealedSecret, :createdAt)
            ON CONFLICT (id) DO UPDATE SET account = excluded.account, principal_arn = excluded.principal_arn,
                root = excluded.root, active = excluded.active, sealed_secret = excluded.sealed_secret,
                created_at = excluded.created_at
            """;
    private static final String DELETE = "DELETE FROM access_keys WHERE id = :id";
    private static final String FIND = "SELECT * FROM access_keys WHERE id = :id";
    private static final String LIST = "SELECT * FROM access_keys ORDER BY id";

    private AccessKeyTable() {}

    static void put(Handle handle, AccessKeyRecord accessKey) {
        handle.createUpdate(PUT)
                .bind("id", accessKey.id())
                .bind("account", accessKey.account().value())
                .bind("principalArn", accessKey.principalArn())
                .bind("root", accessKey.root())
                .bind("active", accessKey.active())
                .bind("sealedSecret", accessKey.sealedSecret())
                .bind("createdAt", Columns.microseconds(accessKey.createdAt()))
                .execute();
    }

    static boolean delete(Handle handle, String id) {
        return handle.createUpdate(DELETE).bind("id", id).execute() > 0;
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

    private static AccessKeyRecord accessKey(ResultSet row, StatementContext context) throws SQLException {
        return new AccessKeyRecord(
                row.getString("id"),
                new AccountId(row.getString("account")),
                row.getString("principal_arn"),
                row.getBoolean("root"),
                row.getBoolean("active"),
                row.getBytes("sealed_secret"),
                Columns.instant(row, "created_at"));
    }
}
