package dev.keyward.lifecycle;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.RotationType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what is done to a key though nobody asked for it at that moment, as AWS KMS's service events do. What cannot be
 * undone is recorded before it is done: if that record cannot be written, it is not done. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html">AWS KMS log
 *     entries: DeleteKey, DeleteExpiredKeyMaterial, RotateKey</a>
 */
final class ServiceEvents {
    private final AuditSink audit;

    ServiceEvents(AuditSink audit) {
        this.audit = audit;
    }

    /** Destroys a key whose deletion date has passed. */
    void deleteKey(KeyRecord key, Instant now, Runnable destroying) {
        announcedAndDone(key, "DeleteKey", new LinkedHashMap<>(), now, () -> {
            destroying.run();
            return true;
        });
    }

    /** Destroys an imported material that has expired, and gives the key back as it stands then. */
    KeyRecord deleteExpiredKeyMaterial(
            KeyRecord key, MaterialId material, Instant now, Supplier<KeyRecord> destroying) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("keyId", key.id().value());
        details.put("keyMaterialId", material.hexadecimal());
        return announcedAndDone(key, "DeleteExpiredKeyMaterial", details, now, destroying);
    }

    /** A key has got a new material. The former one stays, so there is nothing to announce. */
    void rotated(KeyRecord before, KeyRecord after, RotationType type, Instant now) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("rotationType", type.name());
        details.put("keyOrigin", after.origin());
        details.put("keyId", after.id().value());
        details.put("previousKeyMaterialId", hexadecimal(before.currentMaterial()));
        details.put("currentKeyMaterialId", hexadecimal(after.currentMaterial()));
        write(after, "RotateKey", AuditEvent.Phase.OUTCOME, details, now);
    }

    private <T> T announcedAndDone(
            KeyRecord key, String name, SequencedMap<String, Object> details, Instant now, Supplier<T> destroying) {
        write(key, name, AuditEvent.Phase.INTENT, details, now);
        T left = destroying.get();
        write(key, name, AuditEvent.Phase.OUTCOME, details, now);
        return left;
    }

    private void write(
            KeyRecord key, String name, AuditEvent.Phase phase, SequencedMap<String, Object> details, Instant now) {
        audit.write(new AuditEvent(
                now, key.scope(), null, name, phase, false, null, null, List.of(key.arn()), null, null, details));
    }

    private static @Nullable String hexadecimal(@Nullable MaterialId material) {
        return material == null ? null : material.hexadecimal();
    }
}
