package dev.keyward.lifecycle;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each key was last used for what it is for. A use is noted in memory, so that it costs no write, and written with
 * others by the background work and at the end of the process; one that ends otherwise loses what was noted since. Thread-safe.
 */
public final class KeyUsages {
    private static final Logger LOG = LoggerFactory.getLogger(KeyUsages.class);

    /** How many are written at once: other writes wait no longer than that. */
    private static final int BATCH_SIZE = 100;

    private final MetadataStore store;
    private final Instant since;
    private final ConcurrentMap<KeyId, KeyUsageRecord> unwritten = new ConcurrentHashMap<>();

    /** @param now when usages begin to be noted, if they were not before */
    KeyUsages(MetadataStore store, Instant now) {
        this.store = store;
        this.since = store.beginUsageTracking(now);
    }

    /** Notes a use. */
    void note(KeyUsageRecord usage) {
        unwritten.merge(usage.key(), usage, KeyUsages::later);
    }

    /** The last use of a key since {@link #trackedSince}. */
    public Optional<KeyUsageRecord> last(KeyRecord key) {
        KeyUsageRecord noted = unwritten.get(key.id());
        return noted == null ? store.findKeyUsage(key.scope(), key.id()) : Optional.of(noted);
    }

    /** Since when uses of a key are known. */
    public Instant trackedSince(KeyRecord key) {
        return key.createdAt().isAfter(since) ? key.createdAt() : since;
    }

    /** For how many whole days a key has not been used, as far as that is known. */
    long daysWithoutUse(KeyRecord key, Instant now) {
        Instant from = last(key).map(KeyUsageRecord::usedAt).orElseGet(() -> trackedSince(key));
        return Math.max(0, Duration.between(from, now).toDays());
    }

    /** Writes what was noted. What cannot be written stays noted. */
    void write() {
        List<KeyUsageRecord> noted = List.copyOf(unwritten.values());
        for (int first = 0; first < noted.size(); first += BATCH_SIZE) {
            write(noted.subList(first, Math.min(first + BATCH_SIZE, noted.size())));
        }
    }

    private void write(List<KeyUsageRecord> batch) {
        try {
            store.putKeyUsages(batch);
            batch.forEach(usage -> unwritten.remove(usage.key(), usage));
        } catch (StoreException failure) {
            if (failure.reason() == StoreException.Reason.NOT_AUTHENTIC && batch.size() > 1) {
                batch.forEach(usage -> write(List.of(usage))); // one strange row does not keep back the others
            } else {
                LOG.warn("last usages of {} keys could not be written: {}", batch.size(), failure.toString());
            }
        }
    }

    private static KeyUsageRecord later(KeyUsageRecord one, KeyUsageRecord other) {
        return other.usedAt().isBefore(one.usedAt()) ? one : other;
    }
}
