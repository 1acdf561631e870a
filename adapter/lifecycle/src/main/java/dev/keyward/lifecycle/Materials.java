package dev.keyward.lifecycle;

import dev.keyward.contract.KeyMaterialState;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.RotationType;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.Token;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps store and token together: two places, one truth. The store records the intention first ({@link
 * MaterialPresence#CREATING}), then the token makes the object, then the row says {@link MaterialPresence#PRESENT}.
 * Destroying runs the other way through {@link MaterialPresence#DESTROYING}. Whatever instant a process ends at, what it
 * left can be completed from the row alone: see {@link #settle}. Thread-safe.
 */
final class Materials {
    private static final Logger LOG = LoggerFactory.getLogger(Materials.class);

    /** Whether a key is switched on once its material is there. */
    private enum AfterIt {
        /** As whoever imports wants it. */
        ENABLED,
        /** As it was: it may have been switched off since the material was asked for. */
        AS_BEFORE
    }

    private final MetadataStore store;
    private final Token token;

    Materials(MetadataStore store, Token token) {
        this.store = store;
        this.token = token;
    }

    /** Adds a key together with its first, generated material. */
    KeyRecord createWithKey(KeyRecord key, Instant now) {
        MaterialRecord planned = planGenerated(key, now);
        KeyRecord intended = key.toBuilder().material(planned).build();
        store.insertKey(intended);
        make(intended, planned, now, () -> generate(key, planned.reference()));
        return complete(intended, planned, now, AfterIt.AS_BEFORE);
    }

    /** Gives a key a new generated material, which it encrypts with from now on. */
    KeyRecord rotate(KeyRecord key, RotationType type, Instant now) {
        MaterialRecord planned = planGenerated(key, now).withRotation(type, null);
        KeyRecord intended = store.updateKey(key.toBuilder().material(planned).build());
        make(intended, planned, now, () -> generate(key, planned.reference()));
        return complete(intended, planned, now, AfterIt.AS_BEFORE);
    }

    /** Lets a key encrypt from now on with an imported material that has waited for that. */
    KeyRecord rotateTo(KeyRecord key, MaterialRecord pending, RotationType type, Instant now) {
        return store.updateKey(key.toBuilder()
                .material(pending.withRotation(type, now))
                .currentMaterial(pending.id())
                .build());
    }

    /**
     * Gives a key an imported material. Its first one is current then; a further one waits for its rotation; one that was
     * there before stands to the key as it did.
     *
     * @param planned the material, {@link MaterialPresence#CREATING}
     * @param unwrapping makes the object
     */
    KeyRecord importInto(KeyRecord key, MaterialRecord planned, Instant now, Runnable unwrapping) {
        KeyRecord intended = store.updateKey(key.toBuilder().material(planned).build());
        make(intended, planned, now, unwrapping);
        return complete(intended, planned, now, AfterIt.ENABLED);
    }

    /**
     * Destroys an imported material that is in the token. The id of one that is or was current stays with the key, for the
     * same bytes to come back.
     */
    KeyRecord destroyImported(KeyRecord key, MaterialRecord material, Instant now) {
        MaterialRecord doomed = material.withPresence(MaterialPresence.DESTROYING, now);
        KeyRecord intended = store.updateKey(key.toBuilder().material(doomed).build());
        return finishDestroying(intended, doomed, now);
    }

    /** Destroys every material of a key, and then its row with its aliases and grants. */
    void destroyWithKey(KeyRecord key, Instant now) {
        KeyRecord.Builder doomed = key.toBuilder();
        key.materials().stream()
                .filter(material -> material.presence() != MaterialPresence.DESTROYING)
                .forEach(material -> doomed.material(material.withPresence(MaterialPresence.DESTROYING, now)));
        KeyRecord intended = store.updateKey(doomed.build());
        for (MaterialRecord material : intended.materials()) {
            token.destroy(material.reference());
        }
        store.deleteKey(intended);
    }

    /**
     * Completes what a row promises and a process that ended did not do. A material that was to be made and is in the
     * token becomes present: nothing that exists is destroyed for having been interrupted, so a store restored from a
     * backup that was taken at that very moment costs no key either. One that is not in the token, or not whole, loses its
     * row.
     */
    KeyRecord settle(KeyRecord key, MaterialRecord material, Instant now) {
        return switch (material.presence()) {
            case CREATING ->
                token.holds(material.reference())
                        ? complete(key, material, now, AfterIt.AS_BEFORE)
                        : finishDestroying(key, material, now);
            case DESTROYING -> finishDestroying(key, material, now);
            case PRESENT, ABSENT -> key;
        };
    }

    /** Completes all that earlier work on a key left half done; nobody else may work on the key meanwhile. */
    KeyRecord settleAll(KeyRecord key, Instant now) {
        KeyRecord settled = key;
        for (MaterialRecord material : key.materials()) {
            settled = settle(settled, material, now);
        }
        return settled;
    }

    /** Clears away what earlier imports into a key left half done: whoever imports still has the bytes. */
    KeyRecord clearUnfinishedImports(KeyRecord key, Instant now) {
        KeyRecord cleared = key;
        for (MaterialRecord material : key.materials()) {
            cleared = switch (material.presence()) {
                case CREATING -> destroyImported(cleared, material, now);
                case DESTROYING -> finishDestroying(cleared, material, now);
                case PRESENT, ABSENT -> cleared;
            };
        }
        return cleared;
    }

    /** Drops the subkeys of all of a key's materials. */
    void forgetSubkeys(KeyRecord key) {
        key.materials().forEach(material -> token.forgetSubkeys(material.reference()));
    }

    /** The name under which a material of a key is to be made. */
    MaterialReference reference(KeyRecord key, MaterialId material, MaterialId objectId) {
        return token.reference(MaterialName.ofKey(store.installation(), key.id(), material, objectId));
    }

    /** A fresh random id, from the token. */
    MaterialId randomId() {
        return MaterialId.of(token.random(MaterialId.LENGTH_BYTES));
    }

    private void generate(KeyRecord key, MaterialReference reference) {
        if (key.spec().type().isPair()) {
            token.generateKeyPair(reference, key.spec(), key.usage());
        } else {
            token.generate(reference, key.spec());
        }
    }

    private MaterialRecord planGenerated(KeyRecord key, Instant now) {
        MaterialId id = randomId();
        return MaterialRecord.creating(id, reference(key, id, id), now);
    }

    private void make(KeyRecord intended, MaterialRecord planned, Instant now, Runnable making) {
        try {
            making.run();
        } catch (RuntimeException failure) {
            undo(intended, planned, now, failure);
            throw failure;
        }
    }

    private void undo(KeyRecord intended, MaterialRecord planned, Instant now, RuntimeException failure) {
        try {
            token.destroy(planned.reference());
            forget(intended, planned, now);
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
            LOG.warn("{} is left to be settled: {}", planned.reference(), second.toString());
        }
    }

    /** The object is there: the row says so. What belongs to it follows from the row, so anyone can complete it. */
    private KeyRecord complete(KeyRecord key, MaterialRecord material, Instant now, AfterIt after) {
        KeyRecord current = key;
        while (true) {
            try {
                return store.updateKey(completed(current, material, now, after));
            } catch (StoreException failure) {
                current = stillPlanned(failure, current, material, MaterialPresence.CREATING);
            }
        }
    }

    private static KeyRecord completed(KeyRecord key, MaterialRecord material, Instant now, AfterIt after) {
        KeyRecord.Builder completed = key.toBuilder();
        MaterialRecord present = material.withPresence(MaterialPresence.PRESENT, now);
        RotationType type = material.rotationType();
        if (type != null && material.rotatedAt() == null) {
            completed.material(present.withRotation(type, now)).currentMaterial(material.id());
            if (type == RotationType.AUTOMATIC) {
                Rotation.withNextDate(completed, key, now);
            }
        } else {
            completed.material(present);
            if (key.currentMaterial() == null) {
                completed.currentMaterial(material.id());
            }
        }
        if (after == AfterIt.ENABLED) {
            completed.enabled(true);
        }
        return completed.build();
    }

    private KeyRecord finishDestroying(KeyRecord key, MaterialRecord material, Instant now) {
        token.destroy(material.reference());
        return forget(key, material, now);
    }

    /** The object is not there: the row goes, or says so where the same bytes may be imported again. */
    private KeyRecord forget(KeyRecord key, MaterialRecord material, Instant now) {
        KeyRecord current = key;
        while (true) {
            try {
                if (!current.isVisible()) {
                    store.deleteKey(current);
                    return current;
                }
                KeyRecord.Builder changed = current.toBuilder();
                if (current.standing(material) == KeyMaterialState.PENDING_ROTATION) {
                    changed.withoutMaterial(material.id());
                } else {
                    changed.material(material.withPresence(MaterialPresence.ABSENT, now));
                }
                return store.updateKey(changed.build());
            } catch (StoreException failure) {
                current = stillPlanned(failure, current, material, material.presence());
            }
        }
    }

    /** After another change of the key: the key as it stands, if the material in it is still as it was. */
    private KeyRecord stillPlanned(
            StoreException failure, KeyRecord key, MaterialRecord material, MaterialPresence expected) {
        if (failure.reason() != StoreException.Reason.STALE) {
            throw failure;
        }
        return store.findKey(key.scope(), key.id())
                .filter(fresh -> fresh.material(material.id())
                        .filter(same ->
                                same.presence() == expected && same.reference().equals(material.reference()))
                        .isPresent())
                .orElseThrow(() -> failure);
    }
}
