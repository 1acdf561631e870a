package dev.keyward.contract;

import java.util.Optional;

/**
 * Seals small secrets under a key that does not leave the token: only whoever can use the token can make a seal, or open
 * one. Safe for use by many threads at once; failures of the token are {@link TokenException}s.
 */
public interface Sealing {
    /**
     * Seals a secret.
     *
     * @param binding what the seal belongs to; it opens with the same binding only
     * @param secret not kept and not cleared
     */
    byte[] seal(String binding, byte[] secret);

    /** Opens a seal; empty if it was not made by this token with this binding. Whoever asked clears what it gets. */
    Optional<byte[]> open(String binding, byte[] sealed);
}
