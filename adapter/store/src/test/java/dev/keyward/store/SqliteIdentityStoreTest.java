package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.store.IdentityStoreConformance;
import dev.keyward.contract.IdentityStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdentityStoreTest extends IdentityStoreConformance {
    @TempDir
    private Path directory;

    private final List<SqliteStore> opened = new ArrayList<>();

    @Override
    protected IdentityStore open() {
        opened.add(Stores.open(directory.resolve("store.db")));
        return opened.getFirst().identities();
    }

    @AfterEach
    void close() {
        opened.forEach(SqliteStore::close);
        assertThat(opened).hasSize(1);
    }
}
