package dev.keyward.contract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of keys, aliases and grants. It never holds material.
 *
 * <p>Promises of every implementation, held to by {@code MetadataStoreConformance}:
 *
 * <ul>
 *   <li>safe for use by many threads at once; a call blocks its (platform) thread;
 *   <li>a write that returned is on disk, whole; a write that threw changed nothing, unless the reason is {@link
 *       StoreException.Reason#FAILED} or {@link StoreException.Reason#UNAVAILABLE}, when it may have happened;
 *   <li>a read sees every write that returned before the read began;
 *   <li>every change of a key is a compare-and-set on its version, which it raises by one; what hangs on a key's state
 *       (an alias, a grant, a wrapping key) is written only if the key is still at the version its writer decided by,
 *       and otherwise refused with {@link StoreException.Reason#STALE};
 *   <li>every look-up is inside one scope, except the background worker's and that of the grants that a principal may
 *       retire, which say so;
 *   <li>instants are kept to the microsecond, collections in their order.
 * </ul>
 */
public interface MetadataStore extends AutoCloseable {
    /** This installation's id, drawn when the store was made. */
    InstallationId installation();

    // Keys

    /**
     * Adds a key at version 1.
     *
     * @throws StoreException with {@link StoreException.Reason#EXISTS} if the id is taken, in any scope
     */
    void insertKey(KeyRecord key);

    /** The key of that id, visible or not. */
    Optional<KeyRecord> findKey(Scope scope, KeyId id);

    /**
     * Puts {@code key} in the place of its row if that is still at {@code key.version()}.
     *
     * @return the key as it stands now, at the next version
     * @throws StoreException with {@link StoreException.Reason#STALE} if the row is at another version or gone
     */
    KeyRecord updateKey(KeyRecord key);

    /**
     * Deletes a key with its aliases, grants, wrapping key rows and last usage, if it is still at {@code key.version()}.
     *
     * @throws StoreException with {@link StoreException.Reason#STALE} if the row is at another version or gone
     */
    void deleteKey(KeyRecord key);

    /** Visible keys by id, after {@code after}, at most {@code limit}. */
    Page<KeyId> listKeys(Scope scope, @Nullable KeyId after, int limit);

    /** How many keys the scope holds, visible or not. */
    long countKeys(Scope scope);

    /**
     * Keys of every scope that have background work at {@code now}: a deletion date or a present material's expiry that
     * has passed, a rotation that is due on an enabled key without a scheduled deletion, a material that is {@link
     * MaterialPresence#DESTROYING}, or one that is {@link MaterialPresence#CREATING} since before {@code
     * creatingBefore}. At most {@code limit}, those with the smallest ids after {@code after}.
     */
    Page<KeyRecord> findKeysWithWork(Instant now, Instant creatingBefore, @Nullable KeyId after, int limit);

    /** Every key of every scope, visible or not, by id, after {@code after}: for {@code doctor} and the sweeper's report. */
    Page<KeyRecord> listAllKeys(@Nullable KeyId after, int limit);

    // Aliases

    /**
     * Adds an alias.
     *
     * @param targetVersion the version of the target key that the decision was made by
     * @throws StoreException with {@link StoreException.Reason#EXISTS} if the name is taken, or {@link
     *     StoreException.Reason#STALE}
     */
    void insertAlias(AliasRecord alias, long targetVersion);

    /** The alias of that name. */
    Optional<AliasRecord> findAlias(Scope scope, String name);

    /**
     * Points an alias at another key.
     *
     * @param formerTarget the key it must still stand for
     * @param targetVersion the version of the new target key that the decision was made by
     * @throws StoreException with {@link StoreException.Reason#STALE} if the alias or the key has changed or is gone
     */
    void updateAlias(AliasRecord alias, KeyId formerTarget, long targetVersion);

    /** Deletes an alias; false if there was none. */
    boolean deleteAlias(Scope scope, String name);

    /** Aliases by name, after {@code after}, at most {@code limit}; of one key if {@code target} is given. */
    Page<AliasRecord> listAliases(Scope scope, @Nullable KeyId target, @Nullable String after, int limit);

    /** How many aliases stand for a key. */
    long countAliases(Scope scope, KeyId target);

    // Grants

    /**
     * Adds a grant.
     *
     * @param keyVersion the version of the key that the decision was made by
     * @throws StoreException with {@link StoreException.Reason#EXISTS} or {@link StoreException.Reason#STALE}
     */
    void insertGrant(GrantRecord grant, long keyVersion);

    /** The grant of that id, on whichever key of the scope. */
    Optional<GrantRecord> findGrant(Scope scope, String id);

    /** The grants of a key that have that name. */
    List<GrantRecord> findGrantsByName(Scope scope, KeyId key, String name);

    /** Deletes a grant; false if there was none. */
    boolean deleteGrant(Scope scope, String id);

    /**
     * Grants of a key by id, after {@code after}, at most {@code limit}; filtered by what is not null.
     *
     * @param granteeId the unique id of the grantee principal
     */
    Page<GrantRecord> listGrants(
            Scope scope,
            KeyId key,
            @Nullable String id,
            @Nullable String granteeId,
            @Nullable String granteeServicePrincipal,
            @Nullable String after,
            int limit);

    /**
     * Grants on keys of every account of a Region, by id, that may be retired by the principal of that unique id.
     *
     * @param after the id to go on after; null to begin
     */
    Page<GrantRecord> listRetirableGrants(Region region, String retiringId, @Nullable String after, int limit);

    /** Grants of one scope by id that may be retired by a service. */
    Page<GrantRecord> listGrantsRetirableByService(
            Scope scope, String retiringServicePrincipal, @Nullable String after, int limit);

    /** How many grants a key has. */
    long countGrants(Scope scope, KeyId key);

    // Import wrapping keys

    /**
     * Adds a wrapping key that is {@link MaterialPresence#CREATING}.
     *
     * @param keyVersion the version of the key that the decision was made by
     * @throws StoreException with {@link StoreException.Reason#STALE}
     */
    void insertWrappingKey(WrappingKeyRecord wrappingKey, long keyVersion);

    /** The wrapping key of that id. */
    Optional<WrappingKeyRecord> findWrappingKey(Scope scope, String id);

    /** The wrapping keys of a key, oldest first, whatever their presence. */
    List<WrappingKeyRecord> listWrappingKeys(Scope scope, KeyId key);

    /** How many wrapping keys an account has, in all Regions. */
    long countWrappingKeys(AccountId account);

    /** Sets the presence of a wrapping key that is still at {@code expected}; false if it is not, or is gone. */
    boolean changeWrappingKey(WrappingKeyRecord wrappingKey, MaterialPresence expected, MaterialPresence changed);

    /** Deletes a wrapping key's row; does nothing if it is gone. */
    void deleteWrappingKey(WrappingKeyRecord wrappingKey);

    /**
     * Wrapping keys of every scope that have background work: expired at {@code now}, {@link
     * MaterialPresence#DESTROYING}, or {@link MaterialPresence#CREATING} since before {@code creatingBefore}.
     */
    List<WrappingKeyRecord> findWrappingKeysWithWork(Instant now, Instant creatingBefore, int limit);

    /** Every wrapping key of every scope: for {@code doctor} and the sweeper's report. */
    List<WrappingKeyRecord> listAllWrappingKeys();

    // Last usages

    /**
     * When this store began to keep last usages: {@code now}, if this is the first time that anybody asks.
     */
    Instant beginUsageTracking(Instant now);

    /**
     * Keeps of each key its last usage, unless a later one is kept. No key gets another version by this, and what was used
     * by a key that is gone is passed over.
     *
     * @param usages at most one of each key
     */
    void putKeyUsages(List<KeyUsageRecord> usages);

    /** The last usage of a key that is kept. */
    Optional<KeyUsageRecord> findKeyUsage(Scope scope, KeyId key);

    // Service keys

    /** All service keys, by purpose and version. */
    List<ServiceKeyRecord> listServiceKeys();

    /** Adds a service key, or puts it in the place of the one with the same purpose and version. */
    void putServiceKey(ServiceKeyRecord serviceKey);

    /** Frees everything. Calls under way end first; later ones fail. */
    @Override
    void close();
}
