package dev.keyward.store;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of chains of audit records. */
final class AuditChainTable {
    private static final String PUT = """
            INSERT INTO audit_chains (number, id, opened_at, sealed_next, sealed_previous, closing, seal)
            VALUES (:number, :id, :openedAt, :next, :previous, :closing, :seal)
            ON CONFLICT (number) DO UPDATE SET id = excluded.id, opened_at = excluded.opened_at,
                sealed_next = excluded.sealed_next, sealed_previous = excluded.sealed_previous,
                closing = excluded.closing, seal = excluded.seal
            """;
    private static final String LIST = "SELECT * FROM audit_chains ORDER BY number";

    private AuditChainTable() {}

    static void put(Handle handle, AuditChainRecord chain) {
        AuditCheckpoint checkpoint = chain.checkpoint();
        handle.createUpdate(PUT)
                .bind("number", chain.number())
                .bind("id", chain.id())
                .bind("openedAt", Columns.microseconds(chain.openedAt()))
                .bind("next", checkpoint.next())
                .bind("previous", checkpoint.previous())
                .bind("closing", checkpoint.closing())
                .bind("seal", checkpoint.seal())
                .execute();
    }

    static List<AuditChainRecord> list(Handle handle) {
        return handle.createQuery(LIST).map(AuditChainTable::chain).list();
    }

    private static AuditChainRecord chain(ResultSet row, StatementContext context) throws SQLException {
        return new AuditChainRecord(
                row.getLong("number"),
                row.getString("id"),
                Columns.instant(row, "opened_at"),
                new AuditCheckpoint(
                        row.getLong("sealed_next"),
                        row.getString("sealed_previous"),
                        row.getBoolean("closing"),
                        row.getBytes("seal")));
    }
}
