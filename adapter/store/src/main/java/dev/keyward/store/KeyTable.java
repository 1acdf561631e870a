package dev.keyward.store;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.Origin;
import dev.keyward.contract.Scope;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of keys, with those of their materials and tags. */
final class KeyTable {
    private static final String INSERT = """
            INSERT INTO keys (account, region, id, spec, usage, origin, description, policy, policy_principals, created_at, enabled,
                deletion_date, deletion_window_days, rotation_period_days, next_rotation_date, current_material, version)
            VALUES (:account, :region, :id, :spec, :usage, :origin, :description, :policy, :policyPrincipals, :createdAt, :enabled,
                :deletionDate, :deletionWindowDays, :rotationPeriodDays, :nextRotationDate, :currentMaterial, :version)
            """;
    private static final String UPDATE = """
            UPDATE keys SET spec = :spec, usage = :usage, origin = :origin, description = :description,
                policy = :policy, policy_principals = :policyPrincipals, created_at = :createdAt, enabled = :enabled, deletion_date = :deletionDate,
                deletion_window_days = :deletionWindowDays, rotation_period_days = :rotationPeriodDays,
                next_rotation_date = :nextRotationDate, current_material = :currentMaterial, version = version + 1
            WHERE id = :id AND account = :account AND region = :region AND version = :version
            """;
    private static final String DELETE = """
            DELETE FROM keys WHERE id = :id AND account = :account AND region = :region AND version = :version
            """;
    private static final String AT_VERSION = """
            SELECT count(*) FROM keys
            WHERE id = :id AND account = :account AND region = :region AND version = :version
            """;
    private static final String FIND = """
            SELECT * FROM keys WHERE id = :id AND account = :account AND region = :region
            """;
    private static final String LIST_VISIBLE = """
            SELECT id FROM keys
            WHERE account = :account AND region = :region AND id > :after
                AND (origin = 'EXTERNAL' OR current_material IS NOT NULL)
            ORDER BY id LIMIT :limit
            """;
    private static final String COUNT = """
            SELECT count(*) FROM keys WHERE account = :account AND region = :region
            """;
    private static final String LIST_ALL = """
            SELECT * FROM keys WHERE id > :after ORDER BY id LIMIT :limit
            """;
    private static final String FIND_WITH_WORK = """
            SELECT * FROM keys WHERE id > :after AND id IN (
                SELECT id FROM keys WHERE deletion_date <= :now
                UNION SELECT id FROM keys WHERE next_rotation_date <= :now AND enabled AND deletion_date IS NULL
                UNION SELECT key_id FROM materials WHERE valid_to <= :now AND presence = 'PRESENT'
                UNION SELECT key_id FROM materials WHERE presence = 'DESTROYING'
                UNION SELECT key_id FROM materials WHERE presence = 'CREATING' AND changed_at < :creatingBefore)
            ORDER BY id LIMIT :limit
            """;

    private KeyTable() {}

    static void insert(Handle handle, KeyRecord key) {
        bind(handle.createUpdate(INSERT), key).execute();
        insertParts(handle, key);
    }

    /** Replaces the row of {@code key}, one version on, if it is still at {@code key}'s. */
    static void update(Handle handle, KeyRecord key) {
        requireOne(bind(handle.createUpdate(UPDATE), key).execute(), key.id(), key.version());
        MaterialTable.deleteAll(handle, key.id());
        TagTable.deleteAll(handle, key.id());
        insertParts(handle, key);
    }

    private static void insertParts(Handle handle, KeyRecord key) {
        MaterialTable.insertAll(handle, key.id(), key.materials());
        TagTable.insertAll(handle, key.id(), key.tags());
    }

    /** Deletes the row and, by its foreign keys, all that hangs on it. */
    static void delete(Handle handle, KeyRecord key) {
        int deleted = bindVersion(handle.createUpdate(DELETE), key.scope(), key.id(), key.version())
                .execute();
        requireOne(deleted, key.id(), key.version());
    }

    /** @throws StoreException with {@link Reason#STALE} if the key is at another version or gone */
    static void requireVersion(Handle handle, Scope scope, KeyId id, long version) {
        int found = bindVersion(handle.createQuery(AT_VERSION), scope, id, version)
                .mapTo(Integer.class)
                .one();
        requireOne(found, id, version);
    }

    private static void requireOne(int rows, KeyId id, long version) {
        if (rows == 0) {
            throw new StoreException(Reason.STALE, "key " + id + " is not at version " + version);
        }
    }

    static Optional<KeyRecord> find(Handle handle, Scope scope, KeyId id) {
        return whole(
                        handle,
                        () -> Columns.bindScope(handle.createQuery(FIND), scope).bind("id", id.value()))
                .stream()
                .findFirst();
    }

    static List<KeyId> listVisible(Handle handle, Scope scope, String after, int limit) {
        return Columns.bindScope(handle.createQuery(LIST_VISIBLE), scope)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new KeyId(row.getString("id")))
                .list();
    }

    static long count(Handle handle, Scope scope) {
        return Columns.bindScope(handle.createQuery(COUNT), scope)
                .mapTo(Long.class)
                .one();
    }

    static List<KeyRecord> listAll(Handle handle, String after, int limit) {
        return whole(
                handle, () -> handle.createQuery(LIST_ALL).bind("after", after).bind("limit", limit));
    }

    static List<KeyRecord> findWithWork(Handle handle, Instant now, Instant creatingBefore, String after, int limit) {
        return whole(
                handle,
                () -> handle.createQuery(FIND_WITH_WORK)
                        .bind("now", Columns.microseconds(now))
                        .bind("creatingBefore", Columns.microseconds(creatingBefore))
                        .bind("after", after)
                        .bind("limit", limit));
    }

    /** The keys of a query, with their materials and tags. It is asked twice: nothing is read that has not been checked. */
    private static List<KeyRecord> whole(Handle handle, Supplier<Query> query) {
        List<RowName> names = query.get()
                .map((row, context) -> RowName.of(SealedTable.KEYS, row))
                .list();
        if (names.isEmpty()) {
            return List.of();
        }
        new SealedRows(handle).requireAuthentic(names);
        List<String> ids = names.stream().map(name -> name.key().getFirst()).toList();
        Map<String, List<MaterialRecord>> materials = MaterialTable.find(handle, ids);
        Map<String, SequencedMap<String, String>> tags = TagTable.find(handle, ids);
        return query.get().map(KeyTable::bareKey).stream()
                .map(key -> key.toBuilder()
                        .materials(materials.getOrDefault(key.id().value(), List.of()))
                        .tags(tags.getOrDefault(key.id().value(), new LinkedHashMap<>()))
                        .build())
                .toList();
    }

    private static KeyRecord bareKey(ResultSet row, StatementContext context) throws SQLException {
        KeyRecord.Builder key = KeyRecord.builder(Columns.scope(row), new KeyId(row.getString("id")))
                .spec(Columns.constant(KeySpec.class, row, "spec"))
                .usage(Columns.constant(KeyUsage.class, row, "usage"))
                .origin(Columns.constant(Origin.class, row, "origin"))
                .description(row.getString("description"))
                .policy(row.getString("policy"), JsonText.toMap(row.getString("policy_principals")))
                .createdAt(Columns.instant(row, "created_at"))
                .enabled(row.getBoolean("enabled"))
                .version(row.getLong("version"));
        Instant deletionDate = Columns.nullableInstant(row, "deletion_date");
        if (deletionDate != null) {
            key.deletion(deletionDate, row.getInt("deletion_window_days"));
        }
        Instant nextRotationDate = Columns.nullableInstant(row, "next_rotation_date");
        if (nextRotationDate != null) {
            key.rotation(row.getInt("rotation_period_days"), nextRotationDate);
        }
        String currentMaterial = row.getString("current_material");
        if (currentMaterial != null) {
            key.currentMaterial(new MaterialId(currentMaterial));
        }
        return key.build();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, KeyRecord key) {
        return bindVersion(statement, key.scope(), key.id(), key.version())
                .bind("spec", key.spec().name())
                .bind("usage", key.usage().name())
                .bind("origin", key.origin().name())
                .bind("description", key.description())
                .bind("policy", key.policy())
                .bind("policyPrincipals", JsonText.ofMap(key.policyPrincipals()))
                .bind("createdAt", Columns.microseconds(key.createdAt()))
                .bind("enabled", key.enabled())
                .bind("deletionDate", Columns.nullableMicroseconds(key.deletionDate()))
                .bind("deletionWindowDays", key.deletionWindowDays())
                .bind("rotationPeriodDays", key.rotationPeriodDays())
                .bind("nextRotationDate", Columns.nullableMicroseconds(key.nextRotationDate()))
                .bind("currentMaterial", Objects.toString(key.currentMaterial(), null));
    }

    private static <S extends SqlStatement<S>> S bindVersion(S statement, Scope scope, KeyId id, long version) {
        return Columns.bindScope(statement, scope).bind("id", id.value()).bind("version", version);
    }
}
