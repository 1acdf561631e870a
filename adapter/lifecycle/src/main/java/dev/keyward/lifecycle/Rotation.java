package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.RotationType;
import dev.keyward.lifecycle.Request.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a key gets another current material: by itself, or when it is asked for. Older materials stay, so what they encrypted
 * still decrypts. Thread-safe.
 */
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

    /**
     * Rotates the key now, which leaves alone when it rotates by itself: to a new material, or, of a key with imported
     * material, to the one that waits for it.
     *
     * @throws KeywardException with {@link ErrorCode#LIMIT_EXCEEDED} if it was asked for as often as it may be, or {@link
     *     ErrorCode#INVALID_STATE} if no imported material waits
     */
    public void onDemand(Call call, KeyRecord key) {
        KeyRecord settled = materials.settleAll(key, call.now());
        requireRotationLeft(settled);
        KeyRecord rotated = switch (settled.origin()) {
            case AWS_KMS -> materials.rotate(settled, RotationType.ON_DEMAND, call.now());
            case EXTERNAL ->
                materials.rotateTo(settled, pending(settled, call.now()), RotationType.ON_DEMAND, call.now());
        };
        events.rotated(settled, rotated, RotationType.ON_DEMAND, call.now());
    }

    /** When the rotation began that was asked for and has not ended; null for none. */
    public static @Nullable Instant onDemandStart(KeyRecord key) {
        return onDemandRotations(key)
                .filter(material -> material.rotatedAt() == null)
                .map(MaterialRecord::createdAt)
                .findFirst()
                .orElse(null);
    }

    private static void requireRotationLeft(KeyRecord key) {
        if (onDemandRotations(key).count() >= Limits.ON_DEMAND_ROTATIONS_PER_KEY) {
            throw new KeywardException(
                    ErrorCode.LIMIT_EXCEEDED,
                    ("The on-demand rotations limit has been reached for the given keyId. "
                                    + "No more on-demand rotations can be performed for this key: %s")
                            .formatted(key.arn()));
        }
    }

    private static Stream<MaterialRecord> onDemandRotations(KeyRecord key) {
        return key.materials().stream().filter(material -> material.rotationType() == RotationType.ON_DEMAND);
    }

    private static MaterialRecord pending(KeyRecord key, Instant now) {
        return key.pendingRotation(now)
                .orElseThrow(() -> new KeywardException(
                        ErrorCode.INVALID_STATE,
                        "No available key material pending rotation for the key: %s.".formatted(key.arn())));
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
            events.rotated(key, materials.rotate(key, RotationType.AUTOMATIC, now), RotationType.AUTOMATIC, now);
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
