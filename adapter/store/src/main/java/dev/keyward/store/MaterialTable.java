package dev.keyward.store;

import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.RotationType;
import dev.keyward.contract.UnwrapPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The materials of keys, in their order. A row that was written before rotations were told of says nothing of them, and
 * keeps its seal so: all but the first material of a key were then made by automatic rotations, when their presence last
 * changed.
 */
final class MaterialTable {
    static final String TABLE = "materials";

    /** For the first material of a key, and for one that waits for its rotation. */
    private static final String NO_ROTATION = "NONE";

    private static final String INSERT = """
            INSERT INTO materials (key_id, position, id, token, residence, opaque, presence, created_at, changed_at,
                rotation_type, rotated_at, expiration_model, valid_to, description, unwrap_place, encryptions_leased)
            VALUES (:key, :position, :id, :token, :residence, :opaque, :presence, :createdAt, :changedAt,
                :rotationType, :rotatedAt, :expirationModel, :validTo, :description, :unwrapPlace, :encryptionsLeased)
            """;
    private static final String DELETE_ALL = "DELETE FROM materials WHERE key_id = :key";
    private static final String FIND = """
            SELECT * FROM materials WHERE key_id IN (<keys>) ORDER BY key_id, position
            """;

    private MaterialTable() {}

    static void insertAll(Handle handle, KeyId key, List<MaterialRecord> materials) {
        if (materials.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (int position = 0; position < materials.size(); position++) {
            bind(batch, key, position, materials.get(position)).add();
        }
        batch.execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, KeyId key, int position, MaterialRecord material) {
        return Columns.bindReference(batch, material.reference())
                .bind("key", key.value())
                .bind("position", position)
                .bind("id", material.id().hexadecimal())
                .bind("presence", material.presence().name())
                .bind("createdAt", Columns.microseconds(material.createdAt()))
                .bind("changedAt", Columns.microseconds(material.changedAt()))
                .bind("rotationType", rotationName(material.rotationType()))
                .bind("rotatedAt", Columns.nullableMicroseconds(material.rotatedAt()))
                .bind("expirationModel", Columns.name(material.expirationModel()))
                .bind("validTo", Columns.nullableMicroseconds(material.validTo()))
                .bind("description", material.description())
                .bind("unwrapPlace", Columns.name(material.unwrapPlace()))
                .bind("encryptionsLeased", material.encryptionsLeased());
    }

    static void deleteAll(Handle handle, KeyId key) {
        handle.createUpdate(DELETE_ALL).bind("key", key.value()).execute();
    }

    /** The materials of several keys, by key id. */
    static Map<String, List<MaterialRecord>> find(Handle handle, List<String> keys) {
        Map<String, List<MaterialRecord>> found = new HashMap<>();
        handle.createQuery(FIND)
                .bindList("keys", keys)
                .map((row, context) -> found.computeIfAbsent(row.getString("key_id"), key -> new ArrayList<>())
                        .add(material(row)))
                .list();
        return found;
    }

    private static String rotationName(@Nullable RotationType type) {
        return type == null ? NO_ROTATION : type.name();
    }

    private static @Nullable RotationType rotationType(@Nullable String name) {
        return name == null || name.equals(NO_ROTATION) ? null : RotationType.valueOf(name);
    }

    private static MaterialRecord material(ResultSet row) throws SQLException {
        MaterialRecord material = bareMaterial(row);
        boolean isFromBeforeRotationsWereTold = row.getString("rotation_type") == null;
        if (isFromBeforeRotationsWereTold && row.getLong("position") > 0) {
            boolean isMade = material.presence() != MaterialPresence.CREATING;
            return material.withRotation(RotationType.AUTOMATIC, isMade ? material.changedAt() : null);
        }
        return material;
    }

    private static MaterialRecord bareMaterial(ResultSet row) throws SQLException {
        return new MaterialRecord(
                new MaterialId(row.getString("id")),
                Columns.reference(row),
                Columns.constant(MaterialPresence.class, row, "presence"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "changed_at"),
                rotationType(row.getString("rotation_type")),
                Columns.nullableInstant(row, "rotated_at"),
                Columns.nullableConstant(ExpirationModel.class, row, "expiration_model"),
                Columns.nullableInstant(row, "valid_to"),
                row.getString("description"),
                Columns.nullableConstant(UnwrapPlace.class, row, "unwrap_place"),
                row.getLong("encryptions_leased"));
    }
}
