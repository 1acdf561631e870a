package dev.keyward.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Something a request works on, before it is looked up. A request has its targets in the order in which they are
 * resolved, authorized and checked. Immutable and thread-safe.
 */
public sealed interface Target {
    /** The action that whoever asks must be allowed, for instance {@code kms:ReEncryptFrom}. */
    String action();

    /** The encryption context that belongs to this target. */
    EncryptionContext encryptionContext();

    /** An existing key, named by the request. */
    record Key(String action, KeyReference reference, EncryptionContext encryptionContext) implements Target {}

    /**
     * The existing key that a ciphertext names.
     *
     * @param blob the ciphertext
     * @param expected the key that the request says it is; null if it says nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Ciphertext(String action, byte[] blob, @Nullable KeyReference expected, EncryptionContext encryptionContext)
            implements Target {}

    /**
     * An alias.
     *
     * @param name with its prefix {@code alias/}
     * @param existing whether it must be there
     */
    record Alias(String action, String name, boolean existing) implements Target {
        @Override
        public EncryptionContext encryptionContext() {
            return EncryptionContext.EMPTY;
        }
    }
}
