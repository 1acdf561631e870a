package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    private Path directory;

    /** A new migration makes this fail: what it shows is then read, and its hash noted in {@link Schema}. */
    @Test
    void itIsWhatTheMigrationsMake() {
        Path file = directory.resolve("keyward.db");
        SqliteStore.open(file).close();

        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            String text = Schema.text(handle);
            assertThat(Schema.sha256(text)).as(text).isEqualTo(Schema.SHA_256);
        });
    }
}
