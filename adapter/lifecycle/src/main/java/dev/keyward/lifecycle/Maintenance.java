package dev.keyward.lifecycle;

import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.WrappingKeyRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that nobody asks for: destroys keys whose deletion date has passed and imported material that has expired,
 * rotates keys that are due, completes what an ended process left half done, destroys old wrapping keys, and writes down
 * which keys were used. Each piece
 * is safe to end at any instant and to do twice. No request waits for it: states follow from the clock. Thread-safe.
 */
public final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int PAGE_SIZE = 100;
    /** Longer than any creation under way can take. */
    private static final Duration CREATION_GRACE = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final MetadataStore store;
    private final Materials materials;
    private final ExpiredMaterials expired;
    private final Rotation rotation;
    private final WrappingKeys wrappingKeys;
    private final KeyUsages keyUsages;
    private final KeyGate gate;
    private final ServiceEvents events;

    Maintenance(
            InstantSource clock,
            MetadataStore store,
            Materials materials,
            ExpiredMaterials expired,
            Rotation rotation,
            WrappingKeys wrappingKeys,
            KeyUsages keyUsages,
            KeyGate gate,
            ServiceEvents events) {
        this.clock = clock;
        this.store = store;
        this.materials = materials;
        this.expired = expired;
        this.rotation = rotation;
        this.wrappingKeys = wrappingKeys;
        this.keyUsages = keyUsages;
        this.gate = gate;
        this.events = events;
    }

    /** Does all that is due, once. What fails is logged, and tried again the next time. */
    public void run() {
        Instant now = clock.instant();
        run(now, now.minus(CREATION_GRACE));
    }

    /** The same when nothing can be under way: as the only process of a store starts. */
    public void runAtStart() {
        Instant now = clock.instant();
        run(now, now.plus(CREATION_GRACE));
    }

    private void run(Instant now, Instant creatingBefore) {
        KeyId after = null;
        Page<KeyRecord> page;
        do {
            page = store.findKeysWithWork(now, creatingBefore, after, PAGE_SIZE);
            for (KeyRecord key : page.items()) {
                attempt(key.arn(), () -> work(key, now, creatingBefore));
                after = key.id();
            }
        } while (page.more());
        for (WrappingKeyRecord wrappingKey :
                store.findWrappingKeysWithWork(now, creatingBefore, Limits.WRAPPING_KEYS_PER_ACCOUNT)) {
            attempt("wrapping key " + wrappingKey.id(), () -> wrappingKeys.destroy(wrappingKey));
        }
        keyUsages.write();
    }

    private void work(KeyRecord listed, Instant now, Instant creatingBefore) {
        try (KeyGate.Place _ = gate.enter(List.of(listed.id()), Operation.Gate.ALONE)) {
            KeyRecord key = store.findKey(listed.scope(), listed.id()).orElse(null);
            if (key == null) {
                return;
            }
            if (key.deletionDate() != null && !now.isBefore(key.deletionDate())) {
                destroy(key, now);
                return;
            }
            KeyRecord settled = settle(key, now, creatingBefore);
            if (settled != null) {
                rotation.rotateIfDue(expired.remove(settled, now), now);
            }
        }
    }

    private void destroy(KeyRecord key, Instant now) {
        store.listWrappingKeys(key.scope(), key.id()).forEach(wrappingKeys::destroy);
        events.deleteKey(key, now, () -> materials.destroyWithKey(key, now));
        LOG.info("{} is destroyed: its deletion date has passed", key.arn());
    }

    /** The key with nothing half done, or null if it was never whole and is gone. */
    private @Nullable KeyRecord settle(KeyRecord key, Instant now, Instant creatingBefore) {
        KeyRecord settled = key;
        for (MaterialRecord material : key.materials()) {
            boolean abandoned = material.presence() == MaterialPresence.DESTROYING
                    || (material.presence() == MaterialPresence.CREATING
                            && material.changedAt().isBefore(creatingBefore));
            if (abandoned) {
                settled = materials.settle(settled, material, now);
            }
        }
        return settled.isVisible() ? settled : null;
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("background work on {} failed and will be tried again: {}", what, failure.toString());
        }
    }
}
