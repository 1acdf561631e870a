package dev.keyward.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** One database file: makes it, checks it, brings it up to this version's schema, and opens connections to it. */
final class SqliteFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String MIGRATIONS = "classpath:db/migration";
    private static final int BUSY_TIMEOUT_MILLISECONDS = 5_000;
    private static final int READERS = 4;

    private final Path file;
    private final RowSeals seals = new RowSeals();

    SqliteFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Makes the file if it is missing, for its owner's eyes only. SQLite gives its companion files the same permissions.
     *
     * @throws IOException if it cannot be made or its permissions cannot be set
     */
    void create() throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            syncDirectory();
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    /** Without this a power cut could take the new file's name away, and with it all that was committed. */
    private void syncDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /**
     * Reads the whole file and compares what it says of itself.
     *
     * @throws StoreException with {@link Reason#FAILED} if it is damaged
     */
    void check() {
        check(writing());
    }

    /** Does the same and changes nothing. */
    void checkToRead() {
        check(reading());
    }

    private void check(DataSource source) {
        List<String> findings = Jdbi.create(source)
                .withHandle(handle -> handle.createQuery("PRAGMA quick_check(1)")
                        .mapTo(String.class)
                        .list());
        if (!findings.equals(List.of("ok"))) {
            throw new StoreException(Reason.FAILED, "the database " + file + " is damaged: " + findings);
        }
    }

    /**
     * Brings the schema up to date.
     *
     * @throws StoreException with {@link Reason#FAILED} if a newer Keyward has written the file
     */
    void migrate() {
        Flyway flyway = flyway(writing());
        refuseNewer(flyway);
        flyway.migrate();
    }

    /**
     * Whether the schema is older than this version's; changes nothing.
     *
     * @throws StoreException with {@link Reason#FAILED} if a newer Keyward has written the file, or none
     */
    boolean isBehind() {
        Flyway flyway = flyway(reading());
        refuseNewer(flyway);
        if (flyway.info().applied().length == 0) {
            throw new StoreException(Reason.FAILED, "the database " + file + " was not written by Keyward");
        }
        return flyway.info().pending().length > 0;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source)
                .locations(MIGRATIONS)
                .load();
    }

    private void refuseNewer(Flyway flyway) {
        Arrays.stream(flyway.info().applied())
                .filter(applied -> !applied.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .findFirst()
                .ifPresent(version -> {
                    throw new StoreException(
                            Reason.FAILED,
                            "the database " + file + " was written by a newer Keyward: it has schema version " + version
                                    + ", which this one does not know. Start that newer Keyward, or restore a backup.");
                });
    }

    /** The connection that writes. */
    Handle openWriter() {
        return careful(Jdbi.create(writing())).open();
    }

    /** A connection that cannot write. */
    Handle openReader() {
        return careful(Jdbi.create(reading())).open();
    }

    /** The connections that read. */
    Readers openReaders(Failures failures) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("keyward-store-readers");
        pool.setDataSource(reading());
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(READERS);
        pool.setConnectionTimeout(BUSY_TIMEOUT_MILLISECONDS);
        // The file is here: a connection neither ages nor dies.
        pool.setMaxLifetime(0);
        HikariDataSource opened = new HikariDataSource(pool);
        return new Readers(opened, careful(Jdbi.create(opened)), failures);
    }

    /** What the rows of all connections are checked by. */
    RowSeals seals() {
        return seals;
    }

    /** Refuses text that cannot be kept, and keeps statements and what was bound to them out of exception messages. */
    private Jdbi careful(Jdbi jdbi) {
        seals.configure(jdbi);
        jdbi.registerArgument(new TextArgument());
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    private DataSource writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL); // of the file, from then on
        return source(config);
    }

    private DataSource reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return source(config);
    }

    /** A commit is on disk when it returns (WAL with synchronous=FULL), and foreign keys hold. */
    private DataSource source(SQLiteConfig config) {
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
