package dev.keyward.store;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import java.util.List;

/** The audit chains of a {@link SqliteStore}, which owns the connections. Safe for use by many threads at once. */
final class SqliteAuditChainStore implements AuditChainStore {
    private final Writer writer;
    private final Readers readers;

    SqliteAuditChainStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public List<AuditChainRecord> listAuditChains() {
        return readers.read(AuditChainTable::list);
    }

    @Override
    public void putAuditChain(AuditChainRecord chain) {
        writer.write((handle, changes) -> {
            AuditChainTable.put(handle, chain);
            return true;
        });
    }
}
