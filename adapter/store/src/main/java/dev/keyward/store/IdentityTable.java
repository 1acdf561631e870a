package dev.keyward.store;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityRecord.RoleTerms;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of users and roles. */
final class IdentityTable {
    private static final String INSERT = """
            INSERT INTO identities (unique_id, account, kind, path, name, policies, tags, trust_policy, trusted_ids,
                longest_session_seconds, created_at, version)
            VALUES (:uniqueId, :account, :kind, :path, :name, :policies, :tags, :trustPolicy, :trustedIds,
                :longestSession, :createdAt, :version)
            """;
    private static final String UPDATE = """
            UPDATE identities SET account = :account, kind = :kind, path = :path, name = :name, policies = :policies,
                tags = :tags, trust_policy = :trustPolicy, trusted_ids = :trustedIds,
                longest_session_seconds = :longestSession, created_at = :createdAt, version = version + 1
            WHERE unique_id = :uniqueId AND version = :version
            """;
    private static final String DELETE = "DELETE FROM identities WHERE unique_id = :uniqueId AND version = :version";
    private static final String FIND = "SELECT * FROM identities WHERE unique_id = :uniqueId";
    private static final String FIND_NAMED = """
            SELECT * FROM identities WHERE account = :account AND kind = :kind AND name = :name
            """;
    private static final String LIST = "SELECT * FROM identities ORDER BY account, kind DESC, name";
    private static final String COUNT = "SELECT count(*) FROM identities WHERE unique_id = :uniqueId";

    private IdentityTable() {}

    static void insert(Handle handle, IdentityRecord identity) {
        bind(handle.createUpdate(INSERT), identity).execute();
    }

    /** @throws StoreException with {@link Reason#STALE} if it is at another version or gone */
    static void update(Handle handle, IdentityRecord identity) {
        requireOne(bind(handle.createUpdate(UPDATE), identity).execute(), identity);
    }

    /** @throws StoreException with {@link Reason#STALE} if it is at another version or gone */
    static void delete(Handle handle, IdentityRecord identity) {
        int deleted = handle.createUpdate(DELETE)
                .bind("uniqueId", identity.uniqueId())
                .bind("version", identity.version())
                .execute();
        requireOne(deleted, identity);
    }

    private static void requireOne(int rows, IdentityRecord identity) {
        if (rows == 0) {
            throw new StoreException(Reason.STALE, identity.arn() + " is no longer at version " + identity.version());
        }
    }

    static Optional<IdentityRecord> find(Handle handle, String uniqueId) {
        return handle.createQuery(FIND)
                .bind("uniqueId", uniqueId)
                .map(IdentityTable::identity)
                .findOne();
    }

    static Optional<IdentityRecord> find(Handle handle, AccountId account, Kind kind, String name) {
        return handle.createQuery(FIND_NAMED)
                .bind("account", account.value())
                .bind("kind", kind.name())
                .bind("name", name)
                .map(IdentityTable::identity)
                .findOne();
    }

    static boolean isThere(Handle handle, String uniqueId) {
        return handle.createQuery(COUNT)
                        .bind("uniqueId", uniqueId)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static List<IdentityRecord> list(Handle handle) {
        return handle.createQuery(LIST).map(IdentityTable::identity).list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, IdentityRecord identity) {
        Map<String, String> policies = new LinkedHashMap<>();
        identity.policies().forEach(policy -> policies.put(policy.name(), policy.text()));
        RoleTerms role = identity.role();
        return statement
                .bind("uniqueId", identity.uniqueId())
                .bind("account", identity.account().value())
                .bind("kind", identity.kind().name())
                .bind("path", identity.path())
                .bind("name", identity.name())
                .bind("policies", JsonText.ofMap(policies))
                .bind("tags", JsonText.ofMap(identity.tags()))
                .bind("trustPolicy", role == null ? null : role.trustPolicy())
                .bind("trustedIds", role == null ? null : JsonText.ofMap(role.trustedIds()))
                .bind(
                        "longestSession",
                        role == null ? null : (Long) role.longestSession().toSeconds())
                .bind("createdAt", Columns.microseconds(identity.createdAt()))
                .bind("version", identity.version());
    }

    private static IdentityRecord identity(ResultSet row, StatementContext context) throws SQLException {
        RowSeals.of(context).require(SealedTable.IDENTITIES, row);
        return new IdentityRecord(
                new AccountId(row.getString("account")),
                row.getString("unique_id"),
                row.getString("path"),
                row.getString("name"),
                JsonText.toMap(row.getString("policies")).entrySet().stream()
                        .map(policy -> new PolicyDocument(policy.getKey(), policy.getValue()))
                        .toList(),
                new LinkedHashMap<>(JsonText.toMap(row.getString("tags"))),
                role(row),
                Columns.instant(row, "created_at"),
                row.getLong("version"));
    }

    private static @Nullable RoleTerms role(ResultSet row) throws SQLException {
        String trustPolicy = row.getString("trust_policy");
        return trustPolicy == null
                ? null
                : new RoleTerms(
                        trustPolicy,
                        JsonText.toMap(row.getString("trusted_ids")),
                        Duration.ofSeconds(row.getLong("longest_session_seconds")));
    }
}
