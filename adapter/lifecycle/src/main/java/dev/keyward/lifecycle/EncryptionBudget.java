package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Origin;
import dev.keyward.contract.RotationType;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenCapability;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how often a material encrypts by itself, on tokens that cannot derive subkeys: with random IVs, AES-GCM must
 * not be used more than 2^32 times under one key. Encryptions are leased from the store in ranges, so that a count
 * survives a crash (which forfeits at most the rest of a range). At 2^31 a generated material is replaced, and an
 * imported one refuses. Thread-safe.
 *
 * @see <a href="https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf">SP 800-38D, 8.3</a>
 */
final class EncryptionBudget {
    static final long LIMIT = 1L << 31;
    private static final long LEASE = 1L << 20;

    private final MetadataStore store;
    private final Materials materials;
    private final ServiceEvents events;
    private final boolean counted;
    private final Map<MaterialId, AtomicLong> leftOfLease = new ConcurrentHashMap<>();

    EncryptionBudget(MetadataStore store, Materials materials, Token token, ServiceEvents events) {
        this.store = store;
        this.materials = materials;
        this.events = events;
        this.counted = !token.information().capabilities().contains(TokenCapability.DERIVE_SUBKEYS);
    }

    /**
     * Takes one encryption.
     *
     * @return the material to encrypt with, which is a new one if the other is used up
     */
    MaterialRecord take(KeyRecord key, MaterialRecord material, Instant now) {
        if (!counted || left(material).getAndDecrement() > 0) {
            return material;
        }
        synchronized (left(material)) {
            if (left(material).getAndDecrement() > 0) {
                return material; // another thread has leased meanwhile
            }
            return lease(key, material, now);
        }
    }

    private MaterialRecord lease(KeyRecord key, MaterialRecord material, Instant now) {
        if (material.encryptionsLeased() + LEASE > LIMIT) {
            if (key.origin() == Origin.EXTERNAL) {
                throw new KeywardException(
                        ErrorCode.LIMIT_EXCEEDED,
                        ("The imported key material of %s has encrypted as often as is safe on a token that cannot derive "
                                        + "subkeys. Decryption goes on; rotate it to another material, or encrypt under another key.")
                                .formatted(key.arn()));
            }
            KeyRecord rotated = materials.rotate(key, RotationType.AUTOMATIC, now);
            events.rotated(key, rotated, RotationType.AUTOMATIC, now);
            return rotated.current().orElseThrow();
        }
        store.updateKey(key.toBuilder()
                .material(material.withEncryptionsLeased(material.encryptionsLeased() + LEASE))
                .build());
        left(material).set(LEASE - 1);
        return material;
    }

    private AtomicLong left(MaterialRecord material) {
        return leftOfLease.computeIfAbsent(material.id(), id -> new AtomicLong());
    }
}
