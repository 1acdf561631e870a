package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.lifecycle.Request.Call;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a key's material is replaced by itself. Older materials stay, so what they encrypted still decrypts. Thread-safe. */
public final class Rotation {
    /** What AWS KMS takes when no period is given. */
    public static final int DEFAULT_PERIOD_DAYS = 365;

    private final MetadataStore store;
    private final Materials materials;
    private final ServiceEvents events;

    Rotation(MetadataStore store, Materials materials, ServiceEvents events) {
        this.store = store;
        this.materials = materials;
        this.events = events;
    }

    /** Rotates the key from now on, every {@code periodDays}; 90 to 2560, checked by the request's form. */
    public void enable(Call call, KeyRecord key, @Nullable Integer periodDays) {
        int days = periodDays == null ? DEFAULT_PERIOD_DAYS : periodDays;
        store.updateKey(key.toBuilder()
                .rotation(days, call.now().plus(Duration.ofDays(days)))
                .build());
    }

    /** Rotates the key no more. */
    public void disable(KeyRecord key) {
        store.updateKey(key.toBuilder().noRotation().build());
    }

    /** Whether a rotation is due. */
    static boolean isDue(KeyRecord key, Instant now) {
        return key.enabled()
                && key.deletionDate() == null
                && key.nextRotationDate() != null
                && !now.isBefore(key.nextRotationDate());
    }

    /** Gives the key a new material if that is due. */
    void rotateIfDue(KeyRecord key, Instant now) {
        if (isDue(key, now)) {
            events.rotated(key, materials.rotate(key, now), now);
        }
    }

    /** Dates stay on their beat; if the beat has been missed, it starts anew from now. */
    static void withNextDate(KeyRecord.Builder rotated, KeyRecord key, Instant now) {
        if (key.rotationPeriodDays() == null || key.nextRotationDate() == null) {
            return;
        }
        Duration period = Duration.ofDays(key.rotationPeriodDays());
        Instant onBeat = key.nextRotationDate().plus(period);
        rotated.rotation(key.rotationPeriodDays(), onBeat.isAfter(now) ? onBeat : now.plus(period));
    }
}
