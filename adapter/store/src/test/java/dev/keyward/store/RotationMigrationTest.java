package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.store.Rows;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.RotationType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Materials of a database, sealed row by row, from before rotations were told of, as it is brought up to date. */
class RotationMigrationTest {
    private static final String BEFORE = "5";
    private static final KeyId KEY = new KeyId("00000001-0000-4000-8000-000000000000");
    private static final List<MaterialId> MATERIALS =
            List.of(new MaterialId("1".repeat(64)), new MaterialId("2".repeat(64)), new MaterialId("3".repeat(64)));

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void makeTheFormerDatabase() {
        file = directory.resolve("keyward.db");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure(RotationMigrationTest.class.getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .target(BEFORE)
                .load()
                .migrate();
        Jdbi direct = Jdbi.create(url);
        new RowSeals().configure(direct);
        direct.useHandle(handle -> {
            insert(handle);
            seal(handle);
        });
    }

    @Test
    void theFirstIsNoRotationAndTheOthersWereAutomatic() {
        try (SqliteStore store = Stores.open(file)) {
            KeyRecord key = store.findKey(Rows.SCOPE, KEY).orElseThrow();

            assertToldOf(key.materials());
            assertThat(key.materials().get(2).rotationType()).isEqualTo(RotationType.AUTOMATIC);
            assertThat(key.materials().get(2).rotatedAt())
                    .as("still being made")
                    .isNull();
        }
    }

    @Test
    void theyAreToldOfTheSameOnceTheyAreWrittenAnew() {
        try (SqliteStore store = Stores.open(file)) {
            KeyRecord key = store.findKey(Rows.SCOPE, KEY).orElseThrow();
            assertThat(store.updateKey(key).materials()).isEqualTo(key.materials());
        }

        try (SqliteStore store = Stores.open(file)) {
            assertToldOf(store.findKey(Rows.SCOPE, KEY).orElseThrow().materials());
        }
    }

    private static void assertToldOf(List<MaterialRecord> materials) {
        assertThat(materials).extracting(MaterialRecord::id).isEqualTo(MATERIALS);
        assertThat(materials.getFirst().rotationType()).isNull();
        assertThat(materials.getFirst().rotatedAt()).isNull();
        assertThat(materials.get(1).rotationType()).isEqualTo(RotationType.AUTOMATIC);
        assertThat(materials.get(1).rotatedAt()).isEqualTo(Instant.ofEpochSecond(11));
    }

    private static void insert(Handle handle) {
        handle.createUpdate("""
                INSERT INTO keys (id, account, region, spec, usage, origin, description, policy, created_at, enabled,
                    current_material, version)
                VALUES (:id, '111122223333', 'us-east-1', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', '', '{}', 0,
                    TRUE, :current, 4)
                """)
                .bind("id", KEY.value())
                .bind("current", MATERIALS.get(1).hexadecimal())
                .execute();
        insert(handle, 0, "PRESENT", 0);
        insert(handle, 1, "PRESENT", 11_000_000);
        insert(handle, 2, "CREATING", 12_000_000);
    }

    private static void insert(Handle handle, int position, String presence, long changedAt) {
        handle.createUpdate("""
                INSERT INTO materials (key_id, position, id, token, residence, opaque, presence, created_at, changed_at,
                    encryptions_leased)
                VALUES (:key, :position, :id, 'main', 'TOKEN_OBJECT', x'00', :presence, 0, :changedAt, 0)
                """)
                .bind("key", KEY.value())
                .bind("position", position)
                .bind("id", MATERIALS.get(position).hexadecimal())
                .bind("presence", presence)
                .bind("changedAt", changedAt)
                .execute();
    }

    /** Seals the key as the Keyward of that time did. */
    private static void seal(Handle handle) {
        byte[] secret = RowKey.randomSecret();
        RowKey key = new RowKey(secret);
        RowSeals.of(handle).use(key);
        SealedRows rows = new SealedRows(handle);
        Optional<byte[]> seal = rows.renew(new RowName(SealedTable.KEYS, List.of(KEY.value())));
        RowHead head = RowHead.EMPTY.plus(rows.difference(Optional.empty(), seal));
        String binding = SqliteStore.sealBinding(InstallationTable.findOrDraw(handle));
        RowSealTable.put(handle, new RowSealTable.Content(Stores.SEALING.seal(binding, secret), key.seal(head)));
    }
}
