package dev.keyward.lifecycle;

import dev.keyward.contract.EncryptionAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Something a request works on, before it is looked up. A request has its targets in the order in which they are
 * resolved, authorized and checked. Immutable and thread-safe.
 */
public sealed interface Target {
    /** The action that whoever asks must be allowed, for instance {@code kms:ReEncryptFrom}. */
    String action();

    /** The key as the request names it; null for a target that is not named as a key. */
    default @Nullable KeyReference reference() {
        return null;
    }

    /** The encryption context that belongs to this target; null where there is no place for one. */
    default @Nullable EncryptionContext encryptionContext() {
        return null;
    }

    /** The algorithm that encrypts or decrypts with this target, by its name on the wire; null where none does. */
    default @Nullable String encryptionAlgorithm() {
        return null;
    }

    /** An existing key, named by the request. */
    record Key(
            String action,
            KeyReference reference,
            @Nullable EncryptionContext encryptionContext,
            @Nullable String encryptionAlgorithm)
            implements Target {}

    /**
     * The existing key that a ciphertext names.
     *
     * @param blob the ciphertext
     * @param reference the key that the request says it is; null if it says nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Ciphertext(String action, byte[] blob, @Nullable KeyReference reference, EncryptionContext encryptionContext)
            implements Target {
        @Override
        public String encryptionAlgorithm() {
            return EncryptionAlgorithm.SYMMETRIC_DEFAULT.name(); // no other ciphertext names its key
        }
    }

    /** An existing key, named by the request, whose grant is to be retired: the grant says who may do that. */
    record GrantedKey(String action, KeyReference reference, String grantId) implements Target {}

    /**
     * An alias.
     *
     * @param name with its prefix {@code alias/}
     * @param existing whether it must be there
     */
    record Alias(String action, String name, boolean existing) implements Target {}

    /**
     * The key that an alias stands for now. Its policy is asked; the key itself is left alone, so neither its state nor
     * its gate matters.
     *
     * @param name with its prefix {@code alias/}
     */
    record AliasedKey(String action, String name) implements Target {}

    /**
     * No one key, but the caller's account: its identity policies decide.
     *
     * @param arn what they would name, {@code *} or the ARN of a principal
     */
    record Account(String action, String arn) implements Target {}

    /** An existing key of the caller's account that a request mentions: another target says whether it may. */
    record Mentioned(String action, KeyReference reference) implements Target {}
}
