package dev.keyward.store;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.IdentityStore;
import java.util.List;
import java.util.Optional;

/** The access keys of a {@link SqliteStore}, which owns the connections. Safe for use by many threads at once. */
final class SqliteIdentityStore implements IdentityStore {
    private final Writer writer;
    private final Readers readers;
    private final RowCache cache;

    SqliteIdentityStore(Writer writer, Readers readers, RowCache cache) {
        this.writer = writer;
        this.readers = readers;
        this.cache = cache;
    }

    @Override
    public Optional<AccessKeyRecord> findAccessKey(String id) {
        readers.requireOpen();
        return cache.accessKey(id, missing -> readers.read(handle -> AccessKeyTable.find(handle, missing)))
                .map(SqliteIdentityStore::copy);
    }

    /** The cached record's array is not the caller's. */
    private static AccessKeyRecord copy(AccessKeyRecord accessKey) {
        return new AccessKeyRecord(
                accessKey.id(),
                accessKey.account(),
                accessKey.principalArn(),
                accessKey.root(),
                accessKey.active(),
                accessKey.sealedSecret().clone(),
                accessKey.createdAt());
    }

    @Override
    public List<AccessKeyRecord> listAccessKeys() {
        return readers.read(AccessKeyTable::list);
    }

    @Override
    public void putAccessKey(AccessKeyRecord accessKey) {
        writer.write((handle, changes) -> {
            changes.accessKey(accessKey.id());
            AccessKeyTable.put(handle, accessKey);
            return true;
        });
    }

    @Override
    public boolean deleteAccessKey(String id) {
        return writer.write((handle, changes) -> {
            changes.accessKey(id);
            return AccessKeyTable.delete(handle, id);
        });
    }
}
