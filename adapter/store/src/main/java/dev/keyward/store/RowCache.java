package dev.keyward.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.KeyRecord;
import dev.keyward.store.CachedNames.AliasName;
import dev.keyward.store.CachedNames.KeyName;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that every request looks up, so that the hot path asks the database nothing. What is not there is not
 * remembered.
 *
 * <p>A read that begins after a write returned never sees the older row: loading a row and forgetting it are both atomic
 * on the cache's entry, so a load that began before the commit is over before {@link #forget} takes its result away, and
 * one that begins later reads what was committed. Safe for use by many threads at once.
 */
final class RowCache {
    private static final long MAXIMUM_KEY_CHARACTERS = 32L * 1024 * 1024;
    private static final int CHARACTERS_OF_A_MATERIAL = 512;
    private static final int CHARACTERS_OF_A_TAG = 256;
    private static final int MAXIMUM_ALIASES = 50_000;
    private static final int MAXIMUM_ACCESS_KEYS = 10_000;
    private static final int MAXIMUM_IDENTITIES = 10_000;

    private final Cache<KeyName, @Nullable KeyRecord> keys = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_KEY_CHARACTERS)
            .weigher(RowCache::characters)
            .build();
    private final Cache<AliasName, @Nullable AliasRecord> aliases =
            Caffeine.newBuilder().maximumSize(MAXIMUM_ALIASES).build();
    private final Cache<String, @Nullable AccessKeyRecord> accessKeys =
            Caffeine.newBuilder().maximumSize(MAXIMUM_ACCESS_KEYS).build();
    private final Cache<String, @Nullable IdentityRecord> identities =
            Caffeine.newBuilder().maximumSize(MAXIMUM_IDENTITIES).build();

    /** Roughly what a key weighs in memory. */
    private static int characters(KeyName name, KeyRecord key) {
        return CHARACTERS_OF_A_MATERIAL * (1 + key.materials().size())
                + CHARACTERS_OF_A_TAG * key.tags().size()
                + key.policy().length()
                + key.description().length();
    }

    Optional<KeyRecord> key(KeyName name, Function<KeyName, Optional<KeyRecord>> load) {
        return find(keys, name, load);
    }

    Optional<AliasRecord> alias(AliasName name, Function<AliasName, Optional<AliasRecord>> load) {
        return find(aliases, name, load);
    }

    Optional<AccessKeyRecord> accessKey(String id, Function<String, Optional<AccessKeyRecord>> load) {
        return find(accessKeys, id, load);
    }

    Optional<IdentityRecord> identity(String uniqueId, Function<String, Optional<IdentityRecord>> load) {
        return find(identities, uniqueId, load);
    }

    private static <K, V> Optional<V> find(Cache<K, @Nullable V> cache, K name, Function<K, Optional<V>> load) {
        return Optional.ofNullable(
                cache.get(name, missing -> load.apply(missing).orElse(null)));
    }

    /** Forgets what has changed. Called after the commit and before its writers are told. */
    void forget(CachedNames changed) {
        changed.keys().forEach(name -> forget(keys, name));
        changed.aliases().forEach(name -> forget(aliases, name));
        changed.accessKeys().forEach(id -> forget(accessKeys, id));
        changed.identities().forEach(uniqueId -> forget(identities, uniqueId));
    }

    /** {@code compute} and not {@code invalidate}, which promises nothing about an entry that is being loaded. */
    private static <K, V> void forget(Cache<K, @Nullable V> cache, K name) {
        cache.asMap().compute(name, (_, _) -> null);
    }
}
