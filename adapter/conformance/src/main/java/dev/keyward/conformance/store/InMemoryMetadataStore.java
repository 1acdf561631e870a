package dev.keyward.conformance.store;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import dev.keyward.contract.WrappingKeyRecord;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps every promise but durability, for tests above the store. One lock guards it all: it is meant to be
 * obviously right, and it is the witness that the conformance suite asks for the possible. Safe for use by many threads
 * at once.
 */
public final class InMemoryMetadataStore implements MetadataStore {
    private record AliasName(Scope scope, String name) {
        static final Comparator<AliasName> ORDER = comparing(
                        (AliasName alias) -> alias.scope.account().value())
                .thenComparing(alias -> alias.scope.region().value())
                .thenComparing(AliasName::name);
    }

    private static final Comparator<WrappingKeyRecord> OLDEST_FIRST =
            comparing(WrappingKeyRecord::createdAt).thenComparing(WrappingKeyRecord::id);

    private final InstallationId installation;

    @GuardedBy("this")
    private final TreeMap<KeyId, KeyRecord> keys = new TreeMap<>();

    @GuardedBy("this")
    private final TreeMap<AliasName, AliasRecord> aliases = new TreeMap<>(AliasName.ORDER);

    @GuardedBy("this")
    private final TreeMap<String, GrantRecord> grants = new TreeMap<>();

    @GuardedBy("this")
    private final TreeMap<String, WrappingKeyRecord> wrappingKeys = new TreeMap<>();

    @GuardedBy("this")
    private final List<ServiceKeyRecord> serviceKeys = new ArrayList<>();

    @GuardedBy("this")
    private final TreeMap<KeyId, KeyUsageRecord> usages = new TreeMap<>();

    @GuardedBy("this")
    private @Nullable Instant usagesTrackedSince;

    @GuardedBy("this")
    private boolean closed;

    /** An empty store of a new installation. */
    public InMemoryMetadataStore() {
        this(drawInstallation());
    }

    private InMemoryMetadataStore(InstallationId installation) {
        this.installation = installation;
    }

    private static InstallationId drawInstallation() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return new InstallationId(HexFormat.of().formatHex(bytes));
    }

    /** A second store with the same installation and rows: the backup that a test restores later. */
    public synchronized InMemoryMetadataStore copy() {
        InMemoryMetadataStore copy = new InMemoryMetadataStore(installation);
        synchronized (copy) {
            copy.keys.putAll(keys);
            copy.aliases.putAll(aliases);
            copy.grants.putAll(grants);
            copy.wrappingKeys.putAll(wrappingKeys);
            copy.serviceKeys.addAll(serviceKeys);
            copy.usages.putAll(usages);
            copy.usagesTrackedSince = usagesTrackedSince;
        }
        return copy;
    }

    @Override
    public InstallationId installation() {
        return installation;
    }

    // Keys

    @Override
    public synchronized void insertKey(KeyRecord key) {
        requireOpen();
        if (key.version() != 1) {
            throw new IllegalArgumentException("a new key is at version 1, not " + key.version());
        }
        if (keys.putIfAbsent(key.id(), Microseconds.of(key)) != null) {
            throw new StoreException(Reason.EXISTS, "key " + key.id() + " exists");
        }
    }

    @Override
    public synchronized Optional<KeyRecord> findKey(Scope scope, KeyId id) {
        requireOpen();
        return Optional.ofNullable(keys.get(id)).filter(key -> key.scope().equals(scope));
    }

    @Override
    public synchronized KeyRecord updateKey(KeyRecord key) {
        requireOpen();
        requireVersion(key.scope(), key.id(), key.version());
        KeyRecord next =
                Microseconds.of(key).toBuilder().version(key.version() + 1).build();
        keys.put(key.id(), next);
        return next;
    }

    @Override
    public synchronized void deleteKey(KeyRecord key) {
        requireOpen();
        requireVersion(key.scope(), key.id(), key.version());
        keys.remove(key.id());
        usages.remove(key.id());
        aliases.values().removeIf(alias -> alias.target().equals(key.id()));
        grants.values().removeIf(grant -> grant.key().equals(key.id()));
        wrappingKeys.values().removeIf(wrappingKey -> wrappingKey.key().equals(key.id()));
    }

    @Override
    public synchronized Page<KeyId> listKeys(Scope scope, @Nullable KeyId after, int limit) {
        requireOpen();
        return page(
                keysAfter(after)
                        .filter(key -> key.scope().equals(scope) && key.isVisible())
                        .map(KeyRecord::id),
                limit);
    }

    @Override
    public synchronized long countKeys(Scope scope) {
        requireOpen();
        return keys.values().stream().filter(key -> key.scope().equals(scope)).count();
    }

    @Override
    public synchronized Page<KeyRecord> findKeysWithWork(
            Instant now, Instant creatingBefore, @Nullable KeyId after, int limit) {
        requireOpen();
        Instant then = Microseconds.of(now);
        Instant before = Microseconds.of(creatingBefore);
        return page(keysAfter(after).filter(key -> hasWork(key, then, before)), limit);
    }

    private static boolean hasWork(KeyRecord key, Instant now, Instant creatingBefore) {
        return hasPassed(key.deletionDate(), now)
                || (key.enabled() && key.deletionDate() == null && hasPassed(key.nextRotationDate(), now))
                || key.materials().stream().anyMatch(material -> hasWork(material, now, creatingBefore));
    }

    private static boolean hasWork(MaterialRecord material, Instant now, Instant creatingBefore) {
        return switch (material.presence()) {
            case CREATING -> material.changedAt().isBefore(creatingBefore);
            case PRESENT -> material.isExpired(now);
            case DESTROYING -> true;
            case ABSENT -> false;
        };
    }

    private static boolean hasPassed(@Nullable Instant date, Instant now) {
        return date != null && !now.isBefore(date);
    }

    @Override
    public synchronized Page<KeyRecord> listAllKeys(@Nullable KeyId after, int limit) {
        requireOpen();
        return page(keysAfter(after), limit);
    }

    @GuardedBy("this")
    private Stream<KeyRecord> keysAfter(@Nullable KeyId after) {
        return (after == null ? keys : keys.tailMap(after, false)).values().stream();
    }

    @GuardedBy("this")
    private void requireVersion(Scope scope, KeyId id, long version) {
        KeyRecord row = keys.get(id);
        if (row == null || !row.scope().equals(scope) || row.version() != version) {
            throw new StoreException(Reason.STALE, "key " + id + " is not at version " + version);
        }
    }

    // Aliases

    @Override
    public synchronized void insertAlias(AliasRecord alias, long targetVersion) {
        requireOpen();
        requireVersion(alias.scope(), alias.target(), targetVersion);
        AliasName name = new AliasName(alias.scope(), alias.name());
        if (aliases.putIfAbsent(name, Microseconds.of(alias)) != null) {
            throw new StoreException(Reason.EXISTS, alias.name() + " exists");
        }
    }

    @Override
    public synchronized Optional<AliasRecord> findAlias(Scope scope, String name) {
        requireOpen();
        return Optional.ofNullable(aliases.get(new AliasName(scope, name)));
    }

    @Override
    public synchronized void updateAlias(AliasRecord alias, KeyId formerTarget, long targetVersion) {
        requireOpen();
        requireVersion(alias.scope(), alias.target(), targetVersion);
        AliasName name = new AliasName(alias.scope(), alias.name());
        AliasRecord row = aliases.get(name);
        if (row == null || !row.target().equals(formerTarget)) {
            throw new StoreException(Reason.STALE, alias.name() + " no longer stands for " + formerTarget);
        }
        aliases.put(
                name,
                Microseconds.of(
                        new AliasRecord(row.scope(), row.name(), alias.target(), row.createdAt(), alias.updatedAt())));
    }

    @Override
    public synchronized boolean deleteAlias(Scope scope, String name) {
        requireOpen();
        return aliases.remove(new AliasName(scope, name)) != null;
    }

    @Override
    public synchronized Page<AliasRecord> listAliases(
            Scope scope, @Nullable KeyId target, @Nullable String after, int limit) {
        requireOpen();
        return page(
                aliases.values().stream()
                        .filter(alias -> alias.scope().equals(scope))
                        .filter(alias -> target == null || alias.target().equals(target))
                        .filter(alias -> after == null || alias.name().compareTo(after) > 0),
                limit);
    }

    @Override
    public synchronized long countAliases(Scope scope, KeyId target) {
        requireOpen();
        return aliases.values().stream()
                .filter(alias -> alias.scope().equals(scope) && alias.target().equals(target))
                .count();
    }

    // Grants

    @Override
    public synchronized void insertGrant(GrantRecord grant, long keyVersion) {
        requireOpen();
        requireVersion(grant.scope(), grant.key(), keyVersion);
        if (grants.putIfAbsent(grant.id(), Microseconds.of(grant)) != null) {
            throw new StoreException(Reason.EXISTS, "grant " + grant.id() + " exists");
        }
    }

    @Override
    public synchronized Optional<GrantRecord> findGrant(Scope scope, String id) {
        requireOpen();
        return Optional.ofNullable(grants.get(id)).filter(grant -> grant.scope().equals(scope));
    }

    @Override
    public synchronized List<GrantRecord> findGrantsByName(Scope scope, KeyId key, String name) {
        requireOpen();
        return grantsOf(scope, null)
                .filter(grant -> grant.key().equals(key) && name.equals(grant.name()))
                .toList();
    }

    @Override
    public synchronized boolean deleteGrant(Scope scope, String id) {
        requireOpen();
        return findGrant(scope, id).isPresent() && grants.remove(id) != null;
    }

    @Override
    public synchronized Page<GrantRecord> listGrants(
            Scope scope,
            KeyId key,
            @Nullable String id,
            @Nullable String granteeId,
            @Nullable String granteeServicePrincipal,
            @Nullable String after,
            int limit) {
        requireOpen();
        return page(
                grantsOf(scope, after)
                        .filter(grant -> grant.key().equals(key))
                        .filter(grant -> id == null || id.equals(grant.id()))
                        .filter(grant -> granteeId == null || granteeId.equals(grant.granteeId()))
                        .filter(grant -> granteeServicePrincipal == null
                                || granteeServicePrincipal.equals(grant.granteeServicePrincipal())),
                limit);
    }

    @Override
    public synchronized Page<GrantRecord> listRetirableGrants(
            Region region, String retiringId, @Nullable String after, int limit) {
        requireOpen();
        return page(
                grants(after)
                        .filter(grant -> grant.scope().region().equals(region))
                        .filter(grant -> retiringId.equals(grant.retiringId())),
                limit);
    }

    @Override
    public synchronized Page<GrantRecord> listGrantsRetirableByService(
            Scope scope, String retiringServicePrincipal, @Nullable String after, int limit) {
        requireOpen();
        return page(
                grantsOf(scope, after)
                        .filter(grant -> retiringServicePrincipal.equals(grant.retiringServicePrincipal())),
                limit);
    }

    @Override
    public synchronized long countGrants(Scope scope, KeyId key) {
        requireOpen();
        return grantsOf(scope, null).filter(grant -> grant.key().equals(key)).count();
    }

    @GuardedBy("this")
    private Stream<GrantRecord> grantsOf(Scope scope, @Nullable String after) {
        return grants(after).filter(grant -> grant.scope().equals(scope));
    }

    @GuardedBy("this")
    private Stream<GrantRecord> grants(@Nullable String after) {
        return (after == null ? grants : grants.tailMap(after, false)).values().stream();
    }

    // Import wrapping keys

    @Override
    public synchronized void insertWrappingKey(WrappingKeyRecord wrappingKey, long keyVersion) {
        requireOpen();
        requireVersion(wrappingKey.scope(), wrappingKey.key(), keyVersion);
        if (wrappingKeys.putIfAbsent(wrappingKey.id(), Microseconds.of(wrappingKey)) != null) {
            throw new StoreException(Reason.EXISTS, "wrapping key " + wrappingKey.id() + " exists");
        }
    }

    @Override
    public synchronized Optional<WrappingKeyRecord> findWrappingKey(Scope scope, String id) {
        requireOpen();
        return Optional.ofNullable(wrappingKeys.get(id))
                .filter(wrappingKey -> wrappingKey.scope().equals(scope));
    }

    @Override
    public synchronized List<WrappingKeyRecord> listWrappingKeys(Scope scope, KeyId key) {
        requireOpen();
        return wrappingKeys.values().stream()
                .filter(wrappingKey ->
                        wrappingKey.scope().equals(scope) && wrappingKey.key().equals(key))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public synchronized long countWrappingKeys(AccountId account) {
        requireOpen();
        return wrappingKeys.values().stream()
                .filter(wrappingKey -> wrappingKey.scope().account().equals(account))
                .count();
    }

    @Override
    public synchronized boolean changeWrappingKey(
            WrappingKeyRecord wrappingKey, MaterialPresence expected, MaterialPresence changed) {
        requireOpen();
        Optional<WrappingKeyRecord> row =
                findWrappingKey(wrappingKey.scope(), wrappingKey.id()).filter(found -> found.presence() == expected);
        if (row.isEmpty()) {
            return false;
        }
        wrappingKeys.put(wrappingKey.id(), row.get().withPresence(changed));
        return true;
    }

    @Override
    public synchronized void deleteWrappingKey(WrappingKeyRecord wrappingKey) {
        requireOpen();
        wrappingKeys
                .values()
                .removeIf(
                        row -> row.id().equals(wrappingKey.id()) && row.scope().equals(wrappingKey.scope()));
    }

    @Override
    public synchronized List<WrappingKeyRecord> findWrappingKeysWithWork(
            Instant now, Instant creatingBefore, int limit) {
        requireOpen();
        Instant then = Microseconds.of(now);
        Instant before = Microseconds.of(creatingBefore);
        return page(
                        wrappingKeys.values().stream()
                                .filter(wrappingKey -> hasWork(wrappingKey, then, before))
                                .sorted(OLDEST_FIRST),
                        limit)
                .items();
    }

    private static boolean hasWork(WrappingKeyRecord wrappingKey, Instant now, Instant creatingBefore) {
        return hasPassed(wrappingKey.expiresAt(), now)
                || wrappingKey.presence() == MaterialPresence.DESTROYING
                || (wrappingKey.presence() == MaterialPresence.CREATING
                        && wrappingKey.createdAt().isBefore(creatingBefore));
    }

    @Override
    public synchronized List<WrappingKeyRecord> listAllWrappingKeys() {
        requireOpen();
        return wrappingKeys.values().stream().sorted(OLDEST_FIRST).toList();
    }

    // Last usages

    @Override
    public synchronized Instant beginUsageTracking(Instant now) {
        requireOpen();
        if (usagesTrackedSince == null) {
            usagesTrackedSince = Microseconds.of(now);
        }
        return usagesTrackedSince;
    }

    @Override
    public synchronized void putKeyUsages(List<KeyUsageRecord> given) {
        requireOpen();
        for (KeyUsageRecord usage : given) {
            if (findKey(usage.scope(), usage.key()).isPresent()) {
                usages.merge(
                        usage.key(),
                        Microseconds.of(usage),
                        (kept, later) -> later.usedAt().isBefore(kept.usedAt()) ? kept : later);
            }
        }
    }

    @Override
    public synchronized Optional<KeyUsageRecord> findKeyUsage(Scope scope, KeyId key) {
        requireOpen();
        return Optional.ofNullable(usages.get(key))
                .filter(usage -> usage.scope().equals(scope));
    }

    // Service keys

    @Override
    public synchronized List<ServiceKeyRecord> listServiceKeys() {
        requireOpen();
        return serviceKeys.stream()
                .sorted(comparing(ServiceKeyRecord::purpose).thenComparing(comparingInt(ServiceKeyRecord::version)))
                .toList();
    }

    @Override
    public synchronized void putServiceKey(ServiceKeyRecord serviceKey) {
        requireOpen();
        serviceKeys.removeIf(row -> row.purpose() == serviceKey.purpose() && row.version() == serviceKey.version());
        serviceKeys.add(serviceKey);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @GuardedBy("this")
    private void requireOpen() {
        if (closed) {
            throw new StoreException(Reason.FAILED, "the store is closed");
        }
    }

    private static <T> Page<T> page(Stream<T> rows, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row, not " + limit);
        }
        List<T> found = rows.limit(limit + 1L).toList();
        boolean more = found.size() > limit;
        return new Page<>(more ? found.subList(0, limit) : found, more);
    }
}
