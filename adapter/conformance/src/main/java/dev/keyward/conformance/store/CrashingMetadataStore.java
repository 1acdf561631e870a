package dev.keyward.conformance.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.WrappingKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process ends at a chosen write. From then on every call throws {@link SimulatedCrash}, so that clean-up
 * code cannot reach the rows that a dead process would have left; the test goes on with the store underneath, as a
 * restarted process would.
 *
 * <p>To try every crash point of a scenario, run it once {@link #counting}, read {@link #writes}, and run it again for
 * each write and each {@link Moment}. Safe for use by many threads at once.
 */
public final class CrashingMetadataStore implements MetadataStore {
    /** On which side of the write the process ends. */
    public enum Moment {
        /** The write does not happen. */
        BEFORE,
        /** The write happens, and its caller never hears of it. */
        AFTER
    }

    private static final int NEVER = 0;

    private final MetadataStore store;
    private final int fatalWrite;
    private final Moment moment;

    @GuardedBy("this")
    private int writes;

    @GuardedBy("this")
    private @Nullable String crashed;

    private CrashingMetadataStore(MetadataStore store, int fatalWrite, Moment moment) {
        this.store = store;
        this.fatalWrite = fatalWrite;
        this.moment = moment;
    }

    /** Only counts. */
    public static CrashingMetadataStore counting(MetadataStore store) {
        return new CrashingMetadataStore(store, NEVER, Moment.BEFORE);
    }

    /**
     * Crashes once.
     *
     * @param fatalWrite at which writing call, from 1
     */
    public static CrashingMetadataStore at(MetadataStore store, int fatalWrite, Moment moment) {
        if (fatalWrite < 1) {
            throw new IllegalArgumentException("writes are counted from 1, not " + fatalWrite);
        }
        return new CrashingMetadataStore(store, fatalWrite, moment);
    }

    /** How many writing calls were made, the fatal one included. */
    public synchronized int writes() {
        return writes;
    }

    /** Whether the crash has come. */
    public synchronized boolean hasCrashed() {
        return crashed != null;
    }

    private <T> T write(String call, Supplier<T> action) {
        boolean fatal = begin(call);
        T result = action.get();
        end(call, fatal);
        return result;
    }

    private void write(String call, Runnable action) {
        boolean fatal = begin(call);
        action.run();
        end(call, fatal);
    }

    private boolean begin(String call) {
        boolean fatal = count(call);
        if (fatal && moment == Moment.BEFORE) {
            throw new SimulatedCrash("before " + call);
        }
        return fatal;
    }

    private static void end(String call, boolean fatal) {
        if (fatal) {
            throw new SimulatedCrash("after " + call);
        }
    }

    private synchronized boolean count(String call) {
        requireAlive();
        writes++;
        boolean fatal = writes == fatalWrite;
        if (fatal) {
            crashed = call;
        }
        return fatal;
    }

    private MetadataStore read() {
        requireAlive();
        return store;
    }

    private synchronized void requireAlive() {
        if (crashed != null) {
            throw new SimulatedCrash("a call after the crash at " + crashed);
        }
    }

    @Override
    public InstallationId installation() {
        return read().installation();
    }

    @Override
    public void insertKey(KeyRecord key) {
        write("insertKey", () -> store.insertKey(key));
    }

    @Override
    public Optional<KeyRecord> findKey(Scope scope, KeyId id) {
        return read().findKey(scope, id);
    }

    @Override
    public KeyRecord updateKey(KeyRecord key) {
        return write("updateKey", () -> store.updateKey(key));
    }

    @Override
    public void deleteKey(KeyRecord key) {
        write("deleteKey", () -> store.deleteKey(key));
    }

    @Override
    public Page<KeyId> listKeys(Scope scope, @Nullable KeyId after, int limit) {
        return read().listKeys(scope, after, limit);
    }

    @Override
    public long countKeys(Scope scope) {
        return read().countKeys(scope);
    }

    @Override
    public Page<KeyRecord> findKeysWithWork(Instant now, Instant creatingBefore, @Nullable KeyId after, int limit) {
        return read().findKeysWithWork(now, creatingBefore, after, limit);
    }

    @Override
    public Page<KeyRecord> listAllKeys(@Nullable KeyId after, int limit) {
        return read().listAllKeys(after, limit);
    }

    @Override
    public void insertAlias(AliasRecord alias, long targetVersion) {
        write("insertAlias", () -> store.insertAlias(alias, targetVersion));
    }

    @Override
    public Optional<AliasRecord> findAlias(Scope scope, String name) {
        return read().findAlias(scope, name);
    }

    @Override
    public void updateAlias(AliasRecord alias, KeyId formerTarget, long targetVersion) {
        write("updateAlias", () -> store.updateAlias(alias, formerTarget, targetVersion));
    }

    @Override
    public boolean deleteAlias(Scope scope, String name) {
        return write("deleteAlias", () -> store.deleteAlias(scope, name));
    }

    @Override
    public Page<AliasRecord> listAliases(Scope scope, @Nullable KeyId target, @Nullable String after, int limit) {
        return read().listAliases(scope, target, after, limit);
    }

    @Override
    public long countAliases(Scope scope, KeyId target) {
        return read().countAliases(scope, target);
    }

    @Override
    public void insertGrant(GrantRecord grant, long keyVersion) {
        write("insertGrant", () -> store.insertGrant(grant, keyVersion));
    }

    @Override
    public Optional<GrantRecord> findGrant(Scope scope, String id) {
        return read().findGrant(scope, id);
    }

    @Override
    public List<GrantRecord> findGrantsByName(Scope scope, KeyId key, String name) {
        return read().findGrantsByName(scope, key, name);
    }

    @Override
    public boolean deleteGrant(Scope scope, String id) {
        return write("deleteGrant", () -> store.deleteGrant(scope, id));
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
        return read().listGrants(scope, key, id, granteeId, granteeServicePrincipal, after, limit);
    }

    @Override
    public Page<GrantRecord> listRetirableGrants(Region region, String retiringId, @Nullable String after, int limit) {
        return read().listRetirableGrants(region, retiringId, after, limit);
    }

    @Override
    public Page<GrantRecord> listGrantsRetirableByService(
            Scope scope, String retiringServicePrincipal, @Nullable String after, int limit) {
        return read().listGrantsRetirableByService(scope, retiringServicePrincipal, after, limit);
    }

    @Override
    public long countGrants(Scope scope, KeyId key) {
        return read().countGrants(scope, key);
    }

    @Override
    public void insertWrappingKey(WrappingKeyRecord wrappingKey, long keyVersion) {
        write("insertWrappingKey", () -> store.insertWrappingKey(wrappingKey, keyVersion));
    }

    @Override
    public Optional<WrappingKeyRecord> findWrappingKey(Scope scope, String id) {
        return read().findWrappingKey(scope, id);
    }

    @Override
    public List<WrappingKeyRecord> listWrappingKeys(Scope scope, KeyId key) {
        return read().listWrappingKeys(scope, key);
    }

    @Override
    public long countWrappingKeys(AccountId account) {
        return read().countWrappingKeys(account);
    }

    @Override
    public boolean changeWrappingKey(
            WrappingKeyRecord wrappingKey, MaterialPresence expected, MaterialPresence changed) {
        return write("changeWrappingKey", () -> store.changeWrappingKey(wrappingKey, expected, changed));
    }

    @Override
    public void deleteWrappingKey(WrappingKeyRecord wrappingKey) {
        write("deleteWrappingKey", () -> store.deleteWrappingKey(wrappingKey));
    }

    @Override
    public List<WrappingKeyRecord> findWrappingKeysWithWork(Instant now, Instant creatingBefore, int limit) {
        return read().findWrappingKeysWithWork(now, creatingBefore, limit);
    }

    @Override
    public List<WrappingKeyRecord> listAllWrappingKeys() {
        return read().listAllWrappingKeys();
    }

    @Override
    public Instant beginUsageTracking(Instant now) {
        return write("beginUsageTracking", () -> store.beginUsageTracking(now));
    }

    @Override
    public void putKeyUsages(List<KeyUsageRecord> usages) {
        write("putKeyUsages", () -> store.putKeyUsages(usages));
    }

    @Override
    public Optional<KeyUsageRecord> findKeyUsage(Scope scope, KeyId key) {
        return read().findKeyUsage(scope, key);
    }

    @Override
    public List<ServiceKeyRecord> listServiceKeys() {
        return read().listServiceKeys();
    }

    @Override
    public void putServiceKey(ServiceKeyRecord serviceKey) {
        write("putServiceKey", () -> store.putServiceKey(serviceKey));
    }

    /** Closes the store underneath, whether or not the crash has come. */
    @Override
    public void close() {
        store.close();
    }
}
