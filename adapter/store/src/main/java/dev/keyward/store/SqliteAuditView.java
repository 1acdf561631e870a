package dev.keyward.store;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.StoreException;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody who verifies an audit trail reads of a store, beside the process that it belongs to or without one. It
 * writes nothing, and does not bring an older database up to date. Safe for use by many threads at once.
 */
public final class SqliteAuditView implements AuditChainStore, AutoCloseable {
    private final Readers readers;

    private SqliteAuditView(Readers readers) {
        this.readers = readers;
    }

    /**
     * Opens the database in {@code file}, which must be there.
     *
     * @throws StoreException if it cannot be used
     */
    public static SqliteAuditView open(Path file) {
        Failures failures = new Failures(file);
        try {
            return new SqliteAuditView(new SqliteFile(file).openReaders(failures));
        } catch (RuntimeException e) {
            throw failures.of(e);
        }
    }

    /** The keys that seals were made under, by purpose and version. */
    public List<ServiceKeyRecord> listServiceKeys() {
        return readers.read(ServiceKeyTable::list);
    }

    @Override
    public List<AuditChainRecord> listAuditChains() {
        return readers.read(AuditChainTable::list);
    }

    /** Refuses: this is a view. */
    @Override
    public void putAuditChain(AuditChainRecord chain) {
        throw new UnsupportedOperationException("the store is only looked at");
    }

    @Override
    public void close() {
        readers.close();
    }
}
