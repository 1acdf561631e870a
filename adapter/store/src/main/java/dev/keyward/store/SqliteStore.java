package dev.keyward.store;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import dev.keyward.contract.WrappingKeyRecord;
import dev.keyward.store.CachedNames.AliasName;
import dev.keyward.store.CachedNames.KeyName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keys, aliases, grants and identities in one SQLite file, for one process. Writes of all threads share commits; keys,
 * aliases and access keys that were read before come from memory. Safe for use by many threads at once; since calls into
 * SQLite hold their carrier, they should be platform threads.
 */
public final class SqliteStore implements MetadataStore {
    private final InstallationId installation;
    private final Writer writer;
    private final Readers readers;
    private final RowCache cache;
    private final IdentityStore identities;
    private final AuditChainStore auditChains;

    private SqliteStore(InstallationId installation, Writer writer, Readers readers, RowCache cache) {
        this.installation = installation;
        this.writer = writer;
        this.readers = readers;
        this.cache = cache;
        this.identities = new SqliteIdentityStore(writer, readers, cache);
        this.auditChains = new SqliteAuditChainStore(writer, readers);
    }

    /**
     * Opens the store in {@code file}, which is made if it is missing; its directory must be there.
     *
     * @throws StoreException if the file cannot be used, is damaged, is something else, or was written by a newer Keyward;
     *     the message names the file
     */
    public static SqliteStore open(Path file) {
        Failures failures = new Failures(file);
        try {
            SqliteFile database = new SqliteFile(file);
            database.create();
            database.check();
            database.migrate();
            return connect(
                    database.openReaders(failures), database::openWriter, InstallationTable::findOrDraw, failures);
        } catch (IOException | RuntimeException e) {
            throw failures.of(e);
        }
    }

    /**
     * Opens the store in {@code file} to look at it: nothing is made or brought up to date, and whatever would write fails.
     *
     * @throws StoreException if the file is not there, cannot be used, is damaged, is something else, or is of another
     *     version ({@link #isBehind}); the message names the file
     */
    public static SqliteStore openToRead(Path file) {
        Failures failures = new Failures(file);
        try {
            SqliteFile database = new SqliteFile(file);
            database.checkToRead();
            if (database.isBehind()) {
                throw new StoreException(
                        StoreException.Reason.FAILED, "the database " + file + " was written by an earlier Keyward");
            }
            return connect(database.openReaders(failures), database::openReader, InstallationTable::find, failures);
        } catch (RuntimeException e) {
            throw failures.of(e);
        }
    }

    /**
     * Whether {@code file} was written by an earlier Keyward, so that {@link #open} would bring it up to date. Changes
     * nothing.
     *
     * @throws StoreException as {@link #openToRead} does
     */
    public static boolean isBehind(Path file) {
        try {
            return new SqliteFile(file).isBehind();
        } catch (RuntimeException e) {
            throw new Failures(file).of(e);
        }
    }

    private static SqliteStore connect(
            Readers readers,
            Supplier<Handle> connecting,
            Function<Handle, InstallationId> installationOf,
            Failures failures) {
        try {
            Handle connection = connecting.get();
            InstallationId installation = installationOf.apply(connection);
            RowCache cache = new RowCache();
            Writer writer = new Writer(connection, cache::forget, failures);
            return new SqliteStore(installation, writer, readers, cache);
        } catch (RuntimeException e) {
            readers.close();
            throw e;
        }
    }

    /**
     * Looks whether every row that decides something is as it was written, and lets rows be read and written from then
     * on. Until then only service keys and audit chains can. To be called once.
     *
     * @param sealing seals what the rows are sealed under
     * @param leastChanges how many changes the rows are known to have seen, from elsewhere
     * @throws StoreException with {@link Reason#NOT_AUTHENTIC} if a row is not, or one is missing, or they are older
     */
    public void openRows(Sealing sealing, long leastChanges) {
        RowExamination examination = examine(sealing, leastChanges);
        if (!examination.faults().isEmpty()) {
            throw new StoreException(Reason.NOT_AUTHENTIC, String.join("; ", examination.faults()));
        }
        if (!examination.isSealed()) {
            sealAllRows(sealing, RowHead.EMPTY.changes());
        }
    }

    /**
     * What is wrong with the rows, a sentence each; empty if nothing is. What is not wrong can be read from then on.
     *
     * @param sealing seals what the rows are sealed under
     * @param leastChanges how many changes the rows are known to have seen, from elsewhere
     */
    public List<String> examineRows(Sealing sealing, long leastChanges) {
        return examine(sealing, leastChanges).faults();
    }

    /**
     * What is wrong with the rows now, a sentence each; empty if nothing is. To be called when they are open, at any time:
     * it finds what was put back or removed since, which no look at a single row can.
     */
    public List<String> recheckRows() {
        long known = rowChanges();
        return readers.read(RowExamination::again).notBefore(known).faults();
    }

    /**
     * Takes every row as it is now, whatever it was, seals it under a fresh key, and lets rows be read and written from
     * then on. To be called instead of {@link #openRows}.
     *
     * @param leastChanges what {@link #rowChanges} must exceed afterwards
     */
    public void acceptRows(Sealing sealing, long leastChanges) {
        sealAllRows(sealing, Math.max(examine(sealing, leastChanges).head().changes(), leastChanges));
    }

    private RowExamination examine(Sealing sealing, long leastChanges) {
        RowExamination examination = readers.read(
                        handle -> RowExamination.of(handle, sealing, sealBinding(installation)))
                .notBefore(leastChanges);
        writer.startFrom(examination.head());
        return examination;
    }

    private void sealAllRows(Sealing sealing, long formerChanges) {
        byte[] secret = RowKey.randomSecret();
        try {
            RowKey key = new RowKey(secret);
            byte[] sealedKey = sealing.seal(sealBinding(installation), secret);
            writer.startFrom(
                    writer.write((handle, changes) -> SealedRows.sealAll(handle, key, sealedKey, formerChanges)));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** What the key of the seals is bound to. */
    static String sealBinding(InstallationId installation) {
        return "row seals of " + installation;
    }

    /** How many changes of rows there have been. It only grows, and so tells an older database from a newer one. */
    public long rowChanges() {
        return writer.head().changes();
    }

    /** Who may sign: closed together with this store. */
    public IdentityStore identities() {
        return identities;
    }

    /** The chains of audit records: closed together with this store. */
    public AuditChainStore auditChains() {
        return auditChains;
    }

    @Override
    public InstallationId installation() {
        return installation;
    }

    // Keys

    @Override
    public void insertKey(KeyRecord key) {
        if (key.version() != 1) {
            throw new IllegalArgumentException("a new key is at version 1, not " + key.version());
        }
        writer.write((handle, changes) -> {
            changes.key(key.scope(), key.id());
            KeyTable.insert(handle, key);
            return true;
        });
    }

    @Override
    public Optional<KeyRecord> findKey(Scope scope, KeyId id) {
        readers.requireOpen();
        return cache.key(new KeyName(scope, id), this::loadKey);
    }

    private Optional<KeyRecord> loadKey(KeyName name) {
        return readers.read(handle -> KeyTable.find(handle, name.scope(), name.id()));
    }

    @Override
    public KeyRecord updateKey(KeyRecord key) {
        return writer.write((handle, changes) -> {
            changes.key(key.scope(), key.id());
            KeyTable.update(handle, key);
            changes.seal();
            return KeyTable.find(handle, key.scope(), key.id()).orElseThrow();
        });
    }

    @Override
    public void deleteKey(KeyRecord key) {
        writer.write((handle, changes) -> {
            changes.key(key.scope(), key.id());
            AliasTable.namesOf(handle, key.scope(), key.id()).forEach(name -> changes.alias(key.scope(), name));
            GrantTable.idsOf(handle, key.scope(), key.id()).forEach(changes::grant);
            WrappingKeyTable.idsOf(handle, key.scope(), key.id()).forEach(changes::wrappingKey);
            changes.lastUsage(key.id());
            KeyTable.delete(handle, key);
            return true;
        });
    }

    @Override
    public Page<KeyId> listKeys(Scope scope, @Nullable KeyId after, int limit) {
        return Pages.page(
                limit, rows -> readers.read(handle -> KeyTable.listVisible(handle, scope, Pages.start(after), rows)));
    }

    @Override
    public long countKeys(Scope scope) {
        return readers.read(handle -> KeyTable.count(handle, scope));
    }

    @Override
    public Page<KeyRecord> findKeysWithWork(Instant now, Instant creatingBefore, @Nullable KeyId after, int limit) {
        return Pages.page(
                limit,
                rows -> readers.read(
                        handle -> KeyTable.findWithWork(handle, now, creatingBefore, Pages.start(after), rows)));
    }

    @Override
    public Page<KeyRecord> listAllKeys(@Nullable KeyId after, int limit) {
        return Pages.page(limit, rows -> readers.read(handle -> KeyTable.listAll(handle, Pages.start(after), rows)));
    }

    // Aliases

    @Override
    public void insertAlias(AliasRecord alias, long targetVersion) {
        writer.write((handle, changes) -> {
            changes.alias(alias.scope(), alias.name());
            KeyTable.requireVersion(handle, alias.scope(), alias.target(), targetVersion);
            AliasTable.insert(handle, alias);
            return true;
        });
    }

    @Override
    public Optional<AliasRecord> findAlias(Scope scope, String name) {
        readers.requireOpen();
        return cache.alias(new AliasName(scope, name), this::loadAlias);
    }

    private Optional<AliasRecord> loadAlias(AliasName name) {
        return readers.read(handle -> AliasTable.find(handle, name.scope(), name.name()));
    }

    @Override
    public void updateAlias(AliasRecord alias, KeyId formerTarget, long targetVersion) {
        writer.write((handle, changes) -> {
            changes.alias(alias.scope(), alias.name());
            KeyTable.requireVersion(handle, alias.scope(), alias.target(), targetVersion);
            AliasTable.update(handle, alias, formerTarget);
            return true;
        });
    }

    @Override
    public boolean deleteAlias(Scope scope, String name) {
        return writer.write((handle, changes) -> {
            changes.alias(scope, name);
            return AliasTable.delete(handle, scope, name);
        });
    }

    @Override
    public Page<AliasRecord> listAliases(Scope scope, @Nullable KeyId target, @Nullable String after, int limit) {
        return Pages.page(
                limit,
                rows -> readers.read(handle -> AliasTable.list(handle, scope, target, Pages.start(after), rows)));
    }

    @Override
    public long countAliases(Scope scope, KeyId target) {
        return readers.read(handle -> AliasTable.count(handle, scope, target));
    }

    // Grants

    @Override
    public void insertGrant(GrantRecord grant, long keyVersion) {
        writer.write((handle, changes) -> {
            changes.grant(grant.id());
            KeyTable.requireVersion(handle, grant.scope(), grant.key(), keyVersion);
            GrantTable.insert(handle, grant);
            return true;
        });
    }

    @Override
    public Optional<GrantRecord> findGrant(Scope scope, String id) {
        return readers.read(handle -> GrantTable.find(handle, scope, id));
    }

    @Override
    public List<GrantRecord> findGrantsByName(Scope scope, KeyId key, String name) {
        return readers.read(handle ->
                GrantTable.in(scope).of(key).where("name", name).list(handle, Pages.start(null), Integer.MAX_VALUE));
    }

    @Override
    public boolean deleteGrant(Scope scope, String id) {
        return writer.write((handle, changes) -> {
            changes.grant(id);
            return GrantTable.delete(handle, scope, id);
        });
    }

    @Override
    public Page<GrantRecord> listGrants(
            Scope scope,
            KeyId key,
            @Nullable String id,
            @Nullable String granteeId,
            @Nullable String granteeServicePrincipal,
            @Nullable String after,
            int limit) {
        GrantTable.Selection wanted = GrantTable.in(scope)
                .of(key)
                .where("id", id)
                .where("grantee_id", granteeId)
                .where("grantee_service_principal", granteeServicePrincipal);
        return list(wanted, after, limit);
    }

    @Override
    public Page<GrantRecord> listRetirableGrants(Region region, String retiringId, @Nullable String after, int limit) {
        return list(GrantTable.in(region).where("retiring_id", retiringId), after, limit);
    }

    @Override
    public Page<GrantRecord> listGrantsRetirableByService(
            Scope scope, String retiringServicePrincipal, @Nullable String after, int limit) {
        return list(GrantTable.in(scope).where("retiring_service_principal", retiringServicePrincipal), after, limit);
    }

    private Page<GrantRecord> list(GrantTable.Selection wanted, @Nullable String after, int limit) {
        return Pages.page(limit, rows -> readers.read(handle -> wanted.list(handle, Pages.start(after), rows)));
    }

    @Override
    public long countGrants(Scope scope, KeyId key) {
        return readers.read(handle -> GrantTable.count(handle, scope, key));
    }

    // Import wrapping keys

    @Override
    public void insertWrappingKey(WrappingKeyRecord wrappingKey, long keyVersion) {
        writer.write((handle, changes) -> {
            changes.wrappingKey(wrappingKey.id());
            KeyTable.requireVersion(handle, wrappingKey.scope(), wrappingKey.key(), keyVersion);
            WrappingKeyTable.insert(handle, wrappingKey);
            return true;
        });
    }

    @Override
    public Optional<WrappingKeyRecord> findWrappingKey(Scope scope, String id) {
        return readers.read(handle -> WrappingKeyTable.find(handle, scope, id));
    }

    @Override
    public List<WrappingKeyRecord> listWrappingKeys(Scope scope, KeyId key) {
        return readers.read(handle -> WrappingKeyTable.list(handle, scope, key));
    }

    @Override
    public long countWrappingKeys(AccountId account) {
        return readers.read(handle -> WrappingKeyTable.count(handle, account));
    }

    @Override
    public boolean changeWrappingKey(
            WrappingKeyRecord wrappingKey, MaterialPresence expected, MaterialPresence changed) {
        return writer.write((handle, changes) -> {
            changes.wrappingKey(wrappingKey.id());
            return WrappingKeyTable.change(handle, wrappingKey, expected, changed);
        });
    }

    @Override
    public void deleteWrappingKey(WrappingKeyRecord wrappingKey) {
        writer.write((handle, changes) -> {
            changes.wrappingKey(wrappingKey.id());
            return WrappingKeyTable.delete(handle, wrappingKey);
        });
    }

    @Override
    public List<WrappingKeyRecord> findWrappingKeysWithWork(Instant now, Instant creatingBefore, int limit) {
        return readers.read(handle -> WrappingKeyTable.findWithWork(handle, now, creatingBefore, limit));
    }

    @Override
    public List<WrappingKeyRecord> listAllWrappingKeys() {
        return readers.read(WrappingKeyTable::listAll);
    }

    // Last usages

    @Override
    public Instant beginUsageTracking(Instant now) {
        return readers.read(LastUsageTable::since)
                .orElseGet(() -> writer.write((handle, changes) -> {
                    LastUsageTable.begin(handle, now);
                    return LastUsageTable.since(handle).orElseThrow();
                }));
    }

    @Override
    public void putKeyUsages(List<KeyUsageRecord> usages) {
        writer.write((handle, changes) -> {
            for (KeyUsageRecord usage : usages) {
                changes.lastUsage(usage.key());
                LastUsageTable.put(handle, usage);
            }
            return true;
        });
    }

    @Override
    public Optional<KeyUsageRecord> findKeyUsage(Scope scope, KeyId key) {
        return readers.read(handle -> LastUsageTable.find(handle, scope, key));
    }

    // Service keys

    @Override
    public List<ServiceKeyRecord> listServiceKeys() {
        return readers.read(ServiceKeyTable::list);
    }

    @Override
    public void putServiceKey(ServiceKeyRecord serviceKey) {
        writer.write((handle, changes) -> {
            ServiceKeyTable.put(handle, serviceKey);
            return true;
        });
    }

    /** Closes it; unless it was opened to read, everything is in the one file afterwards. */
    @Override
    public void close() {
        // The last connection to close moves the write-ahead log into the file, which one that only reads cannot.
        readers.close();
        writer.close();
    }
}
