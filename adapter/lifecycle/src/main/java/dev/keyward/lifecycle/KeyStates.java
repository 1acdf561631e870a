package dev.keyward.lifecycle;

import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import java.time.Instant;

/**
 * Derives how a key stands from its facts and the time. Nothing else decides it, so a key past its deletion date or its
 * material's {@code ValidTo} refuses at once, whether or not a background worker has run. Thread-safe.
 */
public final class KeyStates {
    private KeyStates() {}

    /** The state of a key that exists at {@code now}. */
    public static KeyState of(KeyRecord key, Instant now) {
        if (key.deletionDate() != null) {
            return KeyState.PENDING_DELETION;
        }
        if (!isMaterialComplete(key, now)) {
            return key.origin() == Origin.EXTERNAL ? KeyState.PENDING_IMPORT : KeyState.UNAVAILABLE;
        }
        return key.enabled() ? KeyState.ENABLED : KeyState.DISABLED;
    }

    /**
     * Whether the key exists at {@code now}: not before its first material is made, and not after its deletion date has
     * passed.
     */
    public static boolean exists(KeyRecord key, Instant now) {
        return key.isVisible() && (key.deletionDate() == null || now.isBefore(key.deletionDate()));
    }

    /** All that is or was current must be there; what waits for its rotation does not matter. */
    private static boolean isMaterialComplete(KeyRecord key, Instant now) {
        return key.current().isPresent()
                && key.associatedMaterials().stream().allMatch(material -> material.isUsable(now));
    }
}
