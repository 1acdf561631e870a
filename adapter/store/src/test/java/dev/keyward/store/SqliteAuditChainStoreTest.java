package dev.keyward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.conformance.store.AuditChainStoreConformance;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditChainStoreTest extends AuditChainStoreConformance {
    @TempDir
    private Path directory;

    private final List<SqliteStore> opened = new ArrayList<>();

    @Override
    protected AuditChainStore open() {
        opened.add(SqliteStore.open(file()));
        return opened.getFirst().auditChains();
    }

    private Path file() {
        return directory.resolve("store.db");
    }

    @AfterEach
    void close() {
        opened.forEach(SqliteStore::close);
        assertThat(opened).hasSize(1);
    }

    @Test
    void aViewSeesWhatTheOwnerWritesMeanwhile() {
        try (SqliteAuditView view = SqliteAuditView.open(file())) {
            assertThat(view.listAuditChains()).isEmpty();
            opened.getFirst()
                    .auditChains()
                    .putAuditChain(new AuditChainRecord(
                            1, "a", Instant.EPOCH, new AuditCheckpoint(0, "0", false, new byte[] {1})));
            assertThat(view.listAuditChains()).hasSize(1);
            assertThat(view.listServiceKeys()).isEmpty();
        }
    }

    @Test
    void aViewOfNoDatabaseIsRefusedAndMakesNone() {
        Path missing = directory.resolve("missing.db");
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> {
            try (SqliteAuditView view = SqliteAuditView.open(missing)) {
                view.listAuditChains();
            }
        });
        assertThat(missing).doesNotExist();
    }
}
