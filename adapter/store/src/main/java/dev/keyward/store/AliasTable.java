package dev.keyward.store;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.Scope;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of aliases. */
final class AliasTable {
    private static final String INSERT = """
            INSERT INTO aliases (account, region, name, target, created_at, updated_at)
            VALUES (:account, :region, :name, :target, :createdAt, :updatedAt)
            """;
    private static final String UPDATE = """
            UPDATE aliases SET target = :target, updated_at = :updatedAt
            WHERE account = :account AND region = :region AND name = :name AND target = :formerTarget
            """;
    private static final String DELETE = """
            DELETE FROM aliases WHERE account = :account AND region = :region AND name = :name
            """;
    private static final String FIND = """
            SELECT * FROM aliases WHERE account = :account AND region = :region AND name = :name
            """;
    private static final String LIST = """
            SELECT * FROM aliases WHERE account = :account AND region = :region AND name > :after
            ORDER BY name LIMIT :limit
            """;
    private static final String LIST_OF_KEY = """
            SELECT * FROM aliases
            WHERE account = :account AND region = :region AND target = :target AND name > :after
            ORDER BY name LIMIT :limit
            """;
    private static final String NAMES_OF_KEY = """
            SELECT name FROM aliases WHERE account = :account AND region = :region AND target = :target
            """;
    private static final String COUNT = """
            SELECT count(*) FROM aliases WHERE account = :account AND region = :region AND target = :target
            """;

    private AliasTable() {}

    static void insert(Handle handle, AliasRecord alias) {
        bind(handle.createUpdate(INSERT), alias)
                .bind("createdAt", Columns.microseconds(alias.createdAt()))
                .execute();
    }

    /** @throws StoreException with {@link Reason#STALE} if it no longer stands for {@code formerTarget} */
    static void update(Handle handle, AliasRecord alias, KeyId formerTarget) {
        int updated = bind(handle.createUpdate(UPDATE), alias)
                .bind("formerTarget", formerTarget.value())
                .execute();
        if (updated == 0) {
            throw new StoreException(Reason.STALE, alias.name() + " no longer stands for " + formerTarget);
        }
    }

    static boolean delete(Handle handle, Scope scope, String name) {
        return Columns.bindScope(handle.createUpdate(DELETE), scope)
                        .bind("name", name)
                        .execute()
                > 0;
    }

    static Optional<AliasRecord> find(Handle handle, Scope scope, String name) {
        return Columns.bindScope(handle.createQuery(FIND), scope)
                .bind("name", name)
                .map(AliasTable::alias)
                .findOne();
    }

    static List<AliasRecord> list(Handle handle, Scope scope, @Nullable KeyId target, String after, int limit) {
        Query query = target == null
                ? handle.createQuery(LIST)
                : handle.createQuery(LIST_OF_KEY).bind("target", target.value());
        return Columns.bindScope(query, scope)
                .bind("after", after)
                .bind("limit", limit)
                .map(AliasTable::alias)
                .list();
    }

    static List<String> namesOf(Handle handle, Scope scope, KeyId target) {
        return Columns.bindScope(handle.createQuery(NAMES_OF_KEY), scope)
                .bind("target", target.value())
                .mapTo(String.class)
                .list();
    }

    static long count(Handle handle, Scope scope, KeyId target) {
        return Columns.bindScope(handle.createQuery(COUNT), scope)
                .bind("target", target.value())
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AliasRecord alias) {
        return Columns.bindScope(statement, alias.scope())
                .bind("name", alias.name())
                .bind("target", alias.target().value())
                .bind("updatedAt", Columns.microseconds(alias.updatedAt()));
    }

    private static AliasRecord alias(ResultSet row, StatementContext context) throws SQLException {
        RowSeals.of(context).require(SealedTable.ALIASES, row);
        return new AliasRecord(
                Columns.scope(row),
                row.getString("name"),
                new KeyId(row.getString("target")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
