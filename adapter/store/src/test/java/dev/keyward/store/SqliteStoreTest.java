package dev.keyward.store;

import dev.keyward.conformance.store.PersistentMetadataStoreConformance;
import dev.keyward.contract.MetadataStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** Every promise of a persistent store, and that what requests look up most comes from memory. */
class SqliteStoreTest extends PersistentMetadataStoreConformance {
    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @Override
    protected MetadataStore open() {
        file = directory.resolve(UUID.randomUUID() + ".db");
        return Stores.open(file);
    }

    @Override
    protected MetadataStore reopen() {
        return Stores.open(file);
    }
}
