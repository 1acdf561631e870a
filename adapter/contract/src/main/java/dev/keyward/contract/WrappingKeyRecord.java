package dev.keyward.contract;

import java.time.Instant;

/**
 * An import wrapping key as the store keeps it. Immutable and thread-safe.
 *
 * @param scope the account and Region of the key it is for
 * @param id 32 hexadecimal digits
 * @param key the key that material may be imported into with it
 * @param modulusBits 2048, 3072 or 4096
 * @param reference where its private half is
 * @param presence whether it is there; never {@link MaterialPresence#ABSENT}: such a row is deleted
 * @param createdAt when it was asked for
 * @param expiresAt when it must be gone
 */
public record WrappingKeyRecord(
        Scope scope,
        String id,
        KeyId key,
        int modulusBits,
        MaterialReference reference,
        MaterialPresence presence,
        Instant createdAt,
        Instant expiresAt) {
    /** The same key with another presence. */
    public WrappingKeyRecord withPresence(MaterialPresence changed) {
        return new WrappingKeyRecord(scope, id, key, modulusBits, reference, changed, createdAt, expiresAt);
    }
}
