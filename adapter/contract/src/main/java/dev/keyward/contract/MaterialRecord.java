package dev.keyward.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One material of a key, as the store keeps it. Immutable and thread-safe.
 *
 * @param id its id
 * @param reference where it is, or where it will be or was
 * @param presence whether it is there
 * @param createdAt when it was generated or first imported
 * @param changedAt when {@code presence} last changed
 * @param rotationType the kind of rotation that made it current, or that it is being made for; null for the first of a
 *     key, and for imported material that waits for its rotation
 * @param rotatedAt when that rotation made it current; null if none has
 * @param expirationModel for imported material that is present
 * @param validTo when imported material expires; null for never
 * @param description of imported material, by whoever imported it
 * @param unwrapPlace where imported material was unwrapped
 * @param encryptionsLeased how many direct encryptions have been handed out under it: 0 for material that only derives
 */
public record MaterialRecord(
        MaterialId id,
        MaterialReference reference,
        MaterialPresence presence,
        Instant createdAt,
        Instant changedAt,
        @Nullable RotationType rotationType,
        @Nullable Instant rotatedAt,
        @Nullable ExpirationModel expirationModel,
        @Nullable Instant validTo,
        @Nullable String description,
        @Nullable UnwrapPlace unwrapPlace,
        long encryptionsLeased) {

    /** @throws IllegalArgumentException if it was made current by a rotation of no kind */
    public MaterialRecord {
        if (rotatedAt != null && rotationType == null) {
            throw new IllegalArgumentException("material " + id + " was rotated and nothing says how");
        }
    }

    /** A material about to be made. */
    public static MaterialRecord creating(MaterialId id, MaterialReference reference, Instant now) {
        return new MaterialRecord(
                id, reference, MaterialPresence.CREATING, now, now, null, null, null, null, null, null, 0);
    }

    /** The same material with another presence; an absent one loses what belonged to its import. */
    public MaterialRecord withPresence(MaterialPresence changed, Instant now) {
        boolean kept = changed != MaterialPresence.ABSENT;
        return new MaterialRecord(
                id,
                reference,
                changed,
                createdAt,
                now,
                rotationType,
                rotatedAt,
                kept ? expirationModel : null,
                kept ? validTo : null,
                description,
                unwrapPlace,
                encryptionsLeased);
    }

    /**
     * The same material as a rotation makes it.
     *
     * @param at when the rotation makes it current; null if it has not yet
     */
    public MaterialRecord withRotation(RotationType type, @Nullable Instant at) {
        return new MaterialRecord(
                id,
                reference,
                presence,
                createdAt,
                changedAt,
                type,
                at,
                expirationModel,
                validTo,
                description,
                unwrapPlace,
                encryptionsLeased);
    }

    /** The same material with more direct encryptions handed out. */
    public MaterialRecord withEncryptionsLeased(long changed) {
        return new MaterialRecord(
                id,
                reference,
                presence,
                createdAt,
                changedAt,
                rotationType,
                rotatedAt,
                expirationModel,
                validTo,
                description,
                unwrapPlace,
                changed);
    }

    /** Whether it is in the token and has not expired at {@code now}. */
    public boolean isUsable(Instant now) {
        return presence == MaterialPresence.PRESENT && !isExpired(now);
    }

    /** Whether its {@code validTo} has passed at {@code now}. */
    public boolean isExpired(Instant now) {
        return validTo != null && !now.isBefore(validTo);
    }
}
