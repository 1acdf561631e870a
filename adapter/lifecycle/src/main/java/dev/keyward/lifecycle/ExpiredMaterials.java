package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Destroys imported material whose {@code ValidTo} has passed, each material by itself. Thread-safe. */
final class ExpiredMaterials {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredMaterials.class);

    private final Materials materials;
    private final ServiceEvents events;

    ExpiredMaterials(Materials materials, ServiceEvents events) {
        this.materials = materials;
        this.events = events;
    }

    /** The key without what has expired at {@code now}; nobody else may work on it meanwhile. */
    KeyRecord remove(KeyRecord key, Instant now) {
        KeyRecord current = key;
        for (MaterialRecord material : key.materials()) {
            if (material.presence() == MaterialPresence.PRESENT && material.isExpired(now)) {
                KeyRecord holder = current;
                current = events.deleteExpiredKeyMaterial(
                        holder, material.id(), now, () -> materials.destroyImported(holder, material, now));
                LOG.info("expired key material {} of {} is removed", material.id(), key.arn());
            }
        }
        return current;
    }
}
