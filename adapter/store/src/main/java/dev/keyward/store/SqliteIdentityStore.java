package dev.keyward.store;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The identities of a {@link SqliteStore}, which owns the connections. Safe for use by many threads at once. */
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
                accessKey.userId(),
                accessKey.source(),
                accessKey.active(),
                accessKey.sealedSecret().clone(),
                accessKey.createdAt());
    }

    @Override
    public List<AccessKeyRecord> listAccessKeys() {
        return readers.read(AccessKeyTable::list);
    }

    @Override
    public Optional<IdentityRecord> findIdentity(String uniqueId) {
        readers.requireOpen();
        return cache.identity(uniqueId, missing -> readers.read(handle -> IdentityTable.find(handle, missing)));
    }

    @Override
    public Optional<IdentityRecord> findIdentity(AccountId account, IdentityRecord.Kind kind, String name) {
        return readers.read(handle -> IdentityTable.find(handle, account, kind, name));
    }

    @Override
    public List<IdentityRecord> listIdentities() {
        return readers.read(IdentityTable::list);
    }

    @Override
    public void change(List<IdentityChange> wanted) {
        writer.write((handle, changes) -> {
            wanted.forEach(change -> apply(handle, changes, change));
            return true;
        });
    }

    private static void apply(Handle handle, Changes changes, IdentityChange change) {
        switch (change) {
            case IdentityChange.Insert(IdentityRecord identity) -> {
                if (identity.version() != 1) {
                    throw new IllegalArgumentException("a new identity is at version 1, not " + identity.version());
                }
                changes.identity(identity.uniqueId());
                IdentityTable.insert(handle, identity);
            }
            case IdentityChange.Update(IdentityRecord identity) -> {
                changes.identity(identity.uniqueId());
                IdentityTable.update(handle, identity);
            }
            case IdentityChange.Delete(IdentityRecord identity) -> {
                changes.identity(identity.uniqueId());
                AccessKeyTable.idsOf(handle, identity.uniqueId()).forEach(changes::accessKey);
                IdentityTable.delete(handle, identity);
            }
            case IdentityChange.PutAccessKey(AccessKeyRecord accessKey) -> {
                changes.accessKey(accessKey.id());
                requireUser(handle, accessKey);
                AccessKeyTable.put(handle, accessKey);
            }
            case IdentityChange.DeleteAccessKey(String id) -> {
                changes.accessKey(id);
                AccessKeyTable.delete(handle, id);
            }
        }
    }

    private static void requireUser(Handle handle, AccessKeyRecord accessKey) {
        String userId = accessKey.userId();
        if (userId != null && !IdentityTable.isThere(handle, userId)) {
            throw new StoreException(Reason.STALE, "the user of access key " + accessKey.id() + " is gone");
        }
    }
}
