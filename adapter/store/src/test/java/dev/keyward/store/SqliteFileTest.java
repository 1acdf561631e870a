package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFileTest {
    private static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    private static final KeyRecord KEY =
            KeyRecord.builder(SCOPE, KeyId.random()).description("precious").build();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = directory.resolve("keyward.db");
    }

    private void fill() {
        try (SqliteStore store = Stores.open(file)) {
            store.insertKey(KEY);
        }
    }

    private Jdbi direct() {
        return Jdbi.create("jdbc:sqlite:" + file);
    }

    private List<String> texts(String query) {
        return direct().withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    private ThrowableAssertAlternative<StoreException> assertRefused() {
        return assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Stores.open(file).close())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .withMessageContaining(file.toString());
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        try (SqliteStore store = Stores.open(file)) {
            store.insertKey(KEY);
            try (Stream<Path> files = Files.list(directory)) {
                List<Path> all = files.toList();
                assertThat(all)
                        .extracting(path -> path.getFileName().toString())
                        .containsExactlyInAnyOrder("keyward.db", "keyward.db-wal", "keyward.db-shm");
                for (Path path : all) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void aClosedStoreIsOneFile() {
        fill();
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void whatIsOpenedToReadIsNotChanged() throws Exception {
        fill();
        byte[] before = Files.readAllBytes(file);
        try (SqliteStore store = SqliteStore.openToRead(file)) {
            assertThat(store.examineRows(Stores.SEALING, 0)).isEmpty();
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
            KeyRecord another = KeyRecord.builder(SCOPE, KeyId.random()).build();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.insertKey(another))
                    .withMessageContaining("readonly");
        }
        assertThat(SqliteStore.isBehind(file)).isFalse();
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void anEarliersDatabaseIsKnownForOneAndNotTouched() throws Exception {
        fill();
        direct().useHandle(handle -> {
            handle.execute("DELETE FROM flyway_schema_history WHERE version IS NOT NULL");
            handle.execute("""
                    INSERT INTO flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (1, '0.1', 'from the past', 'BASELINE', 'from the past', NULL, 'past', 1, TRUE)
                    """);
        });
        byte[] before = Files.readAllBytes(file);

        assertThat(SqliteStore.isBehind(file)).isTrue();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteStore.openToRead(file).close())
                .withMessage("the database " + file + " was written by an earlier Keyward");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void somebodyElsesDatabaseIsNotReadEither() throws Exception {
        direct().useHandle(handle -> handle.execute("CREATE TABLE songs (title TEXT)"));

        for (ThrowableAssert.ThrowingCallable reading : List.<ThrowableAssert.ThrowingCallable>of(
                () -> SqliteStore.openToRead(file).close(), () -> SqliteStore.isBehind(file))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(reading)
                    .withMessage("the database " + file + " was not written by Keyward");
        }
        assertThat(texts("SELECT name FROM sqlite_master")).containsExactly("songs");
    }

    @Test
    void whatIsNotThereIsNotMade() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteStore.openToRead(file).close())
                .withMessageContaining(file.toString());
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem() throws Exception {
        fill();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Stores.open(file).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void commitsAreSynced() {
        fill();
        try (Handle handle = new SqliteFile(file).openWriter()) {
            assertThat(pragma(handle, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(handle, "synchronous")).as("2 is FULL").isEqualTo("2");
            assertThat(pragma(handle, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(handle, "busy_timeout")).isEqualTo("5000");
        }
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }

    @Test
    void readersCannotWrite() {
        fill();
        Failures failures = new Failures(file);
        try (Readers readers = new SqliteFile(file).openReaders(failures)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> readers.read(handle -> handle.execute("DELETE FROM keys")))
                    .withMessageContaining("readonly");
        }
    }

    @Test
    void aNewersDatabaseIsRefusedAndNotTouched() {
        fill();
        direct().useHandle(handle -> handle.execute("""
                INSERT INTO flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'future', 1, TRUE)
                """));
        assertRefused().withMessageContaining("newer Keyward").withMessageContaining("99");
        assertThat(texts("SELECT description FROM keys")).containsExactly("precious");
    }

    @Test
    void somebodyElsesDatabaseIsRefused() {
        direct().useHandle(handle -> handle.execute("CREATE TABLE songs (title TEXT)"));
        assertRefused();
        assertThat(texts("SELECT name FROM sqlite_master")).containsExactly("songs");
    }

    @Test
    void whatIsNoDatabaseIsRefusedAndNotTouched() throws Exception {
        Files.writeString(file, "Dear diary, ".repeat(1_000));
        assertRefused();
        assertThat(file).hasContent("Dear diary, ".repeat(1_000));
    }

    @Test
    void aDamagedDatabaseIsRefused() throws Exception {
        try (SqliteStore store = Stores.open(file)) {
            for (int i = 0; i < 200; i++) {
                store.insertKey(KeyRecord.builder(SCOPE, KeyId.random())
                        .policy("p".repeat(2_000))
                        .build());
            }
        }
        damage();
        assertRefused();
    }

    /** Overwrites everything after the first pages, as a failing disk could. */
    private void damage() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long position = 16 * 4_096; position < bytes.length(); position += 4_096) {
                bytes.seek(position);
                bytes.write(new byte[256]);
            }
        }
    }

    @Test
    void aDirectoryIsRefused() throws Exception {
        Files.createDirectory(file);
        assertRefused();
    }

    @Test
    void aMissingDirectoryIsRefused() {
        file = directory.resolve("missing").resolve("keyward.db");
        assertRefused();
    }

    @Test
    void aLockedDatabaseIsUnavailableAndNotBroken() {
        try (SqliteStore store = Stores.open(file)) {
            direct().useHandle(locking -> {
                locking.execute("BEGIN IMMEDIATE");
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> store.insertKey(KEY))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
                locking.execute("ROLLBACK");
            });
            store.insertKey(KEY);
            assertThat(store.findKey(SCOPE, KEY.id())).contains(KEY);
        }
    }

    @Test
    void aFullDatabaseIsUnavailableAndNotBroken() {
        fill();
        // A limit on pages fails like a full disk, in the same place.
        SqliteFile database = new SqliteFile(file);
        Handle handle = database.openWriter();
        assertThat(RowExamination.of(handle, Stores.SEALING, SqliteStore.sealBinding(InstallationTable.find(handle)))
                        .faults())
                .isEmpty();
        handle.execute("PRAGMA max_page_count = 1");
        try (Writer writer = new Writer(handle, changes -> {}, new Failures(file))) {
            KeyRecord large = KeyRecord.builder(SCOPE, KeyId.random())
                    .policy("p".repeat(1_000_000))
                    .build();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> writer.write((connection, changes) -> {
                        KeyTable.insert(connection, large);
                        return true;
                    }))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
            int rows = writer.write((connection, changes) ->
                    KeyTable.listAll(connection, "", 10).size());
            assertThat(rows).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "x\udd11y", "\udd11\ud83d"})
    void textThatIsNotUnicodeIsRefusedAndNotAltered(String text) {
        try (SqliteStore store = Stores.open(file)) {
            KeyRecord described = KEY.toBuilder().description(text).build();
            KeyRecord tagged = KEY.toBuilder().tags(Map.of("tag", text)).build();
            for (KeyRecord refused : List.of(described, tagged)) {
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> store.insertKey(refused))
                        .withMessageContaining("surrogate");
            }
            assertThat(store.countKeys(SCOPE)).isZero();
            store.insertKey(KEY.toBuilder().description("\ud83d\udd11 \u0000").build());
            assertThat(store.findKey(SCOPE, KEY.id()).orElseThrow().description())
                    .isEqualTo("\ud83d\udd11 \u0000");
        }
    }

    @Test
    void failuresShowNothingThatWasBound() {
        try (SqliteStore store = Stores.open(file)) {
            direct().useHandle(handle -> handle.execute("DROP TABLE tags"));
            KeyRecord secretive = KeyRecord.builder(SCOPE, KeyId.random())
                    .description("unspeakable")
                    .tags(Map.of("unspeakable", "unspeakable"))
                    .build();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.insertKey(secretive))
                    .satisfies(e -> {
                        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                            assertThat(cause.toString()).doesNotContain("unspeakable");
                        }
                    });
        }
    }
}
