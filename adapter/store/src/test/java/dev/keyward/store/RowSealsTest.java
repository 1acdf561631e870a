package dev.keyward.store;

import static dev.keyward.conformance.store.Rows.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.conformance.SoftwareSealing;
import dev.keyward.conformance.store.Rows;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import dev.keyward.contract.WrappingKeyRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who writes the database, and cannot use the token, gets away with: nothing. */
class RowSealsTest {
    private static final KeyRecord KEY = Rows.fullKey(1);
    private static final KeyRecord OTHER_KEY = Rows.key(2);
    private static final AliasRecord ALIAS = Rows.alias(KEY, "mine");
    private static final GrantRecord GRANT = Rows.grant(KEY, 1);
    private static final KeyUsageRecord USAGE = Rows.usage(KEY, Rows.NOW);
    private static final WrappingKeyRecord WRAPPING_KEY = Rows.wrappingKey(KEY);
    private static final IdentityRecord USER = Rows.user("AIDA1", "anna");
    private static final IdentityRecord ROLE = Rows.role("AROA1", "signer");
    private static final AccessKeyRecord ACCESS_KEY = new AccessKeyRecord(
            "AKIA1",
            USER.account(),
            USER.uniqueId(),
            AccessKeyRecord.Source.COMMAND,
            true,
            new byte[] {1, 2},
            USER.createdAt());

    /** Every table whose rows a seal covers. */
    private static final List<String> TABLES = List.of(
            "keys",
            "materials",
            "tags",
            "aliases",
            "grants",
            "last_usages",
            "wrapping_keys",
            "identities",
            "access_keys");

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void fill() {
        file = directory.resolve("keyward.db");
        try (SqliteStore store = Stores.open(file)) {
            store.insertKey(KEY);
            store.insertKey(OTHER_KEY);
            store.insertAlias(ALIAS, KEY.version());
            store.insertGrant(GRANT, KEY.version());
            store.putKeyUsages(List.of(USAGE));
            store.insertWrappingKey(WRAPPING_KEY, KEY.version());
            store.identities()
                    .change(List.of(
                            new IdentityChange.Insert(USER),
                            new IdentityChange.Insert(ROLE),
                            new IdentityChange.PutAccessKey(ACCESS_KEY)));
        }
    }

    /** Writes as SQLite lets anybody who has the file, whatever its constraints say. */
    private void write(Consumer<Handle> writing) {
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            handle.execute("PRAGMA ignore_check_constraints = ON");
            handle.execute("PRAGMA foreign_keys = OFF");
            writing.accept(handle);
        });
    }

    private void assertRowsAreRefused() {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertRefused(() -> store.openRows(Stores.SEALING, 0));
            assertThat(store.examineRows(Stores.SEALING, 0)).isNotEmpty();
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_AUTHENTIC));
    }

    /** Reads everything that the store has, as requests do. */
    private static List<ThrowingCallable> reads(SqliteStore store) {
        return List.of(
                () -> store.findKey(SCOPE, KEY.id()),
                () -> store.findAlias(SCOPE, ALIAS.name()),
                () -> store.findGrant(SCOPE, GRANT.id()),
                () -> store.findKeyUsage(SCOPE, KEY.id()),
                () -> store.findWrappingKey(SCOPE, WRAPPING_KEY.id()),
                () -> store.identities().findIdentity(USER.uniqueId()),
                () -> store.identities().findIdentity(ROLE.uniqueId()),
                () -> store.identities().findAccessKey(ACCESS_KEY.id()));
    }

    private static List<ThrowingCallable> refused(List<ThrowingCallable> reads) {
        List<ThrowingCallable> refused = new ArrayList<>();
        for (ThrowingCallable read : reads) {
            try {
                read.call();
            } catch (StoreException e) {
                assertThat(e.reason()).isEqualTo(Reason.NOT_AUTHENTIC);
                refused.add(read);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
        return refused;
    }

    @Test
    void whatWasWrittenIsRead() throws Throwable {
        try (SqliteStore store = Stores.open(file)) {
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
            for (ThrowingCallable read : reads(store)) {
                read.call();
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyColumnOfEveryRowIsCovered() {
        List<DynamicTest> tests = new ArrayList<>();
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            for (String table : TABLES) {
                for (String column : columns(handle, table)) {
                    tests.add(DynamicTest.dynamicTest(table + "." + column, () -> {
                        fillAgain();
                        changedColumnIsRefused(table, column);
                    }));
                }
            }
        });
        return tests;
    }

    /** Every one of these tests has a database of its own. */
    private void fillAgain() {
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            handle.execute("PRAGMA foreign_keys = OFF");
            for (String table : TABLES) {
                handle.execute("DELETE FROM " + table);
            }
            handle.execute("DELETE FROM row_seals");
        });
        fill();
    }

    private static List<String> columns(Handle handle, String table) {
        return handle.createQuery("SELECT name FROM pragma_table_info(:table)")
                .bind("table", table)
                .mapTo(String.class)
                .list();
    }

    private void changedColumnIsRefused(String table, String column) {
        try (SqliteStore running = Stores.open(file)) {
            write(handle -> changeFirst(handle, table, column));
            // What is read by the changed column is not found: that is a row that is missing, for the head to tell.
            boolean isFoundBy = List.of("id", "account", "region", "name", "unique_id", "key_id")
                    .contains(column);
            if (!isFoundBy) {
                assertThat(refused(reads(running))).hasSize(1);
            }
        }
        // What no column of its kind can hold makes the whole file a damaged one.
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Stores.open(file).close())
                .satisfies(refusal -> assertThat(refusal.reason()).isIn(Reason.NOT_AUTHENTIC, Reason.FAILED));
    }

    private static void changeFirst(Handle handle, String table, String column) {
        int changed = handle.execute("UPDATE " + table + " SET " + column + " = CASE typeof(" + column + ")"
                + " WHEN 'integer' THEN " + column + " + 1000"
                + " WHEN 'blob' THEN x'00' || " + column
                + " WHEN 'text' THEN " + column + " || 'x'"
                + " ELSE 'x' END"
                + " WHERE rowid = (SELECT min(rowid) FROM " + table + ")");
        assertThat(changed).isEqualTo(1);
    }

    @TestFactory
    List<DynamicTest> aRowThatIsRemovedIsMissed() {
        return TABLES.stream()
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    fillAgain();
                    write(handle -> handle.execute(
                            "DELETE FROM " + table + " WHERE rowid = (SELECT max(rowid) FROM " + table + ")"));
                    assertRowsAreRefused();
                }))
                .toList();
    }

    @Test
    void whatGoesWithAKeyIsNotMissed() {
        try (SqliteStore store = Stores.open(file)) {
            store.deleteKey(KEY);
        }

        try (SqliteStore store = Stores.open(file)) {
            assertThat(store.findKeyUsage(SCOPE, KEY.id())).isEmpty();
        }
    }

    @Test
    void rowsDoNotTakeEachOthersPlaces() {
        write(handle -> {
            handle.execute(
                    "UPDATE keys SET id = 'parked' WHERE id = ?", KEY.id().value());
            handle.execute(
                    "UPDATE keys SET id = ? WHERE id = ?",
                    KEY.id().value(),
                    OTHER_KEY.id().value());
            handle.execute(
                    "UPDATE keys SET id = ? WHERE id = 'parked'", OTHER_KEY.id().value());
        });
        assertRowsAreRefused();
    }

    @Test
    void aFormerRowIsMissedAtTheNextStart() {
        List<Map<String, Object>> former = new ArrayList<>();
        write(handle -> former.addAll(
                handle.createQuery("SELECT * FROM access_keys").mapToMap().list()));
        try (SqliteStore store = Stores.open(file)) {
            store.identities().change(new IdentityChange.PutAccessKey(ACCESS_KEY.withActive(false)));
        }
        write(handle -> handle.execute(
                "UPDATE access_keys SET active = ?, seal = ?",
                former.getFirst().get("active"),
                former.getFirst().get("seal")));
        assertRowsAreRefused();
    }

    @Test
    void rowsWithoutTheirSealsAreRefused() {
        write(handle -> handle.execute("DELETE FROM row_seals"));
        assertRowsAreRefused();
        for (String table : TABLES) {
            if (!List.of("materials", "tags").contains(table)) {
                write(handle -> handle.execute("UPDATE " + table + " SET seal = NULL"));
            }
        }
        assertRowsAreRefused();
    }

    @Test
    void aForeignKeyOfSealsIsRefused() {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertRefused(() -> store.openRows(new SoftwareSealing(), 0));
        }
    }

    @Test
    void aHeadOfAnotherTimeIsRefused() {
        List<byte[]> former = new ArrayList<>();
        write(handle -> former.add(handle.createQuery("SELECT head FROM row_seals")
                .mapTo(byte[].class)
                .one()));
        try (SqliteStore store = Stores.open(file)) {
            store.deleteAlias(SCOPE, ALIAS.name());
        }
        write(handle -> handle.execute("UPDATE row_seals SET head = ?", former.getFirst()));
        assertRowsAreRefused();
        write(handle -> handle.execute("UPDATE row_seals SET head = x'0102'"));
        assertRowsAreRefused();
    }

    @TestFactory
    List<DynamicTest> nothingWritesAlong() {
        return List.of(
                        "CREATE TRIGGER helpful AFTER UPDATE ON keys BEGIN UPDATE keys SET enabled = TRUE; END",
                        "CREATE VIEW helpful AS SELECT * FROM keys",
                        "CREATE UNIQUE INDEX helpful ON keys (description)",
                        "ALTER TABLE grants ADD COLUMN helpful TEXT DEFAULT 'yes'",
                        "CREATE TRIGGER helpful AFTER INSERT ON flyway_schema_history BEGIN DELETE FROM grants; END")
                .stream()
                .map(statement -> DynamicTest.dynamicTest(statement, () -> {
                    fillAgain();
                    try (SqliteStore running = Stores.open(file)) {
                        write(handle -> handle.execute(statement));
                        assertRefused(() -> running.updateKey(
                                KEY.toBuilder().description("new").build()));
                    }
                    assertRowsAreRefused();
                    write(handle -> {
                        handle.execute("DROP TRIGGER IF EXISTS helpful");
                        handle.execute("DROP VIEW IF EXISTS helpful");
                        handle.execute("DROP INDEX IF EXISTS helpful");
                        if (statement.contains("ADD COLUMN")) {
                            handle.execute("ALTER TABLE grants DROP COLUMN helpful");
                        }
                    });
                    Stores.open(file).close();
                }))
                .toList();
    }

    /** SQLite keeps any value in any column, and a name as bytes reads like the name. */
    @Test
    void aRowIsNotBelievedByTheNameOfAnother() {
        try (SqliteStore store = Stores.open(file)) {
            write(handle -> {
                handle.execute("CREATE TEMP TABLE forged AS SELECT * FROM keys");
                handle.execute("UPDATE forged SET id = CAST(id AS BLOB), policy = 'forged', seal = NULL");
                handle.execute("INSERT INTO keys SELECT * FROM forged");
            });
            assertRefused(() -> store.listAllKeys(null, 10));
        }
        assertRowsAreRefused();
    }

    @Test
    void aChangedRowCannotBeChangedEither() {
        try (SqliteStore store = Stores.open(file)) {
            write(handle -> handle.execute("UPDATE grants SET operations = '[\"Decrypt\",\"Encrypt\"]'"));
            assertRefused(() -> store.deleteGrant(SCOPE, GRANT.id()));
            assertRefused(() -> store.deleteKey(KEY));
        }
    }

    @Test
    void nothingIsReadOrWrittenBeforeTheRowsAreOpened() {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.findKey(SCOPE, KEY.id()))
                    .withRootCauseInstanceOf(IllegalStateException.class);
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.deleteAlias(SCOPE, ALIAS.name()));
        }
    }

    @Test
    void whatIsAcceptedIsSealedAsItIs() {
        long before;
        try (SqliteStore store = Stores.open(file)) {
            before = store.rowChanges();
        }
        write(handle -> {
            handle.execute("UPDATE keys SET enabled = TRUE");
            handle.execute("DELETE FROM grants");
        });
        try (SqliteStore store = SqliteStore.open(file)) {
            store.acceptRows(Stores.SEALING, before + 10);
            assertThat(store.rowChanges()).isGreaterThan(before + 10);
            assertThat(store.findKey(SCOPE, KEY.id())).map(KeyRecord::enabled).contains(true);
        }
        try (SqliteStore store = Stores.open(file)) {
            assertThat(store.findGrant(SCOPE, GRANT.id())).isEmpty();
            assertThat(store.rowChanges()).isGreaterThan(before + 10);
        }
    }

    @Test
    void changesAreCounted() {
        try (SqliteStore store = Stores.open(file)) {
            long before = store.rowChanges();
            store.updateKey(KEY.toBuilder().description("another").build());
            assertThat(store.rowChanges()).isEqualTo(before + 1);
            assertRefusedAsStale(() -> store.updateKey(KEY));
            assertThat(store.rowChanges()).isEqualTo(before + 1);
        }
    }

    private static void assertRefusedAsStale(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STALE));
    }
}
