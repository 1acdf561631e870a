package dev.keyward.store;

import static java.util.stream.Collectors.joining;

import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of grants. */
final class GrantTable {
    private static final String INSERT = """
            INSERT INTO grants (account, region, id, key_id, name, grantee_principal, grantee_id,
                grantee_service_principal, retiring_principal, retiring_id, retiring_service_principal, operations,
                encryption_context_equals, encryption_context_subset, source_arn, issuing_account, created_at)
            VALUES (:account, :region, :id, :key, :name, :granteePrincipal, :granteeId,
                :granteeServicePrincipal, :retiringPrincipal, :retiringId, :retiringServicePrincipal, :operations,
                :encryptionContextEquals, :encryptionContextSubset, :sourceArn, :issuingAccount, :createdAt)
            """;
    private static final String DELETE = """
            DELETE FROM grants WHERE id = :id AND account = :account AND region = :region
            """;
    private static final String COUNT = """
            SELECT count(*) FROM grants WHERE account = :account AND region = :region AND key_id = :key
            """;
    private static final String IDS_OF_KEY = """
            SELECT id FROM grants WHERE account = :account AND region = :region AND key_id = :key
            """;

    private GrantTable() {}

    static void insert(Handle handle, GrantRecord grant) {
        Columns.bindScope(handle.createUpdate(INSERT), grant.scope())
                .bind("id", grant.id())
                .bind("key", grant.key().value())
                .bind("name", grant.name())
                .bind("granteePrincipal", grant.granteePrincipal())
                .bind("granteeId", grant.granteeId())
                .bind("granteeServicePrincipal", grant.granteeServicePrincipal())
                .bind("retiringPrincipal", grant.retiringPrincipal())
                .bind("retiringId", grant.retiringId())
                .bind("retiringServicePrincipal", grant.retiringServicePrincipal())
                .bind("operations", JsonText.ofList(grant.operations()))
                .bind("encryptionContextEquals", nullableText(grant.encryptionContextEquals()))
                .bind("encryptionContextSubset", nullableText(grant.encryptionContextSubset()))
                .bind("sourceArn", grant.sourceArn())
                .bind("issuingAccount", grant.issuingAccount())
                .bind("createdAt", Columns.microseconds(grant.createdAt()))
                .execute();
    }

    static boolean delete(Handle handle, Scope scope, String id) {
        return Columns.bindScope(handle.createUpdate(DELETE), scope)
                        .bind("id", id)
                        .execute()
                > 0;
    }

    static Optional<GrantRecord> find(Handle handle, Scope scope, String id) {
        return in(scope).where("id", id).list(handle, "", 1).stream().findFirst();
    }

    static long count(Handle handle, Scope scope, KeyId key) {
        return Columns.bindScope(handle.createQuery(COUNT), scope)
                .bind("key", key.value())
                .mapTo(Long.class)
                .one();
    }

    static List<String> idsOf(Handle handle, Scope scope, KeyId key) {
        return Columns.bindScope(handle.createQuery(IDS_OF_KEY), scope)
                .bind("key", key.value())
                .mapTo(String.class)
                .list();
    }

    /** All grants of a scope, to be narrowed. */
    static Selection in(Scope scope) {
        return in(scope.region()).where("account", scope.account().value());
    }

    /** All grants of a Region, whatever the account, to be narrowed. */
    static Selection in(Region region) {
        return new Selection().where("region", region.value());
    }

    /** Which grants are wanted: those whose columns have all the given values. Not thread-safe. */
    static final class Selection {
        private final SequencedMap<String, String> wanted = new LinkedHashMap<>();

        private Selection() {}

        Selection of(KeyId key) {
            return where("key_id", key.value());
        }

        /**
         * Narrows the selection.
         *
         * @param column one of the table's columns of text, never a caller's input
         * @param value what it must hold; null if it does not matter
         */
        Selection where(String column, @Nullable String value) {
            if (value != null) {
                wanted.put(column, value);
            }
            return this;
        }

        /** By id, after {@code after}. */
        List<GrantRecord> list(Handle handle, String after, int limit) {
            String conditions = wanted.keySet().stream()
                    .map(column -> column + " = :" + column)
                    .collect(joining(" AND "));
            return handle.createQuery(
                            "SELECT * FROM grants WHERE " + conditions + " AND id > :after ORDER BY id LIMIT :limit")
                    .bindMap(wanted)
                    .bind("after", after)
                    .bind("limit", limit)
                    .map(GrantTable::grant)
                    .list();
        }
    }

    private static GrantRecord grant(ResultSet row, StatementContext context) throws SQLException {
        RowSeals.of(context).require(SealedTable.GRANTS, row);
        return new GrantRecord(
                Columns.scope(row),
                row.getString("id"),
                new KeyId(row.getString("key_id")),
                row.getString("name"),
                row.getString("grantee_principal"),
                row.getString("grantee_id"),
                row.getString("grantee_service_principal"),
                row.getString("retiring_principal"),
                row.getString("retiring_id"),
                row.getString("retiring_service_principal"),
                JsonText.toList(row.getString("operations")),
                nullableMap(row.getString("encryption_context_equals")),
                nullableMap(row.getString("encryption_context_subset")),
                row.getString("source_arn"),
                row.getString("issuing_account"),
                Columns.instant(row, "created_at"));
    }

    private static @Nullable String nullableText(@Nullable Map<String, String> map) {
        return map == null ? null : JsonText.ofMap(map);
    }

    private static @Nullable Map<String, String> nullableMap(@Nullable String text) {
        return text == null ? null : JsonText.toMap(text);
    }
}
