package dev.keyward.audit;

import java.util.Optional;

/**
 * Seals the key of a chain under a key that does not leave the token. Only whoever can use the token can make a seal, so
 * nobody else can begin a chain or say where one stands. Thread-safe.
 */
public interface ChainSealer {
    /**
     * Seals a key.
     *
     * @param binding what the seal belongs to; it opens with the same binding only
     * @param key not kept and not cleared
     * @throws dev.keyward.contract.TokenException if the token cannot do it now
     */
    byte[] seal(String binding, byte[] key);

    /** Opens a seal; empty if it was not made by this token with this binding. The caller clears what it gets. */
    Optional<byte[]> open(String binding, byte[] seal);

    /** What binds a seal to a place in a chain. */
    static String binding(long number, String id, long next, String previous, boolean closing) {
        return "audit chain %d %s, %s %d after %s"
                .formatted(number, id, closing ? "closed by" : "before", next, previous);
    }
}
