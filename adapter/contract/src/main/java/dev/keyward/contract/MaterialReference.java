package dev.keyward.contract;

import java.util.Arrays;
import java.util.Base64;

/**
 * Where a piece of key material lives: the token, how it resides there, and bytes that only that token's engine reads.
 * Never a handle and never a position: a reference stays true across restarts. Immutable and thread-safe.
 */
public final class MaterialReference {
    /** How material resides. */
    public enum Residence {
        /** As an object of the token. */
        TOKEN_OBJECT
    }

    private final String token;
    private final Residence residence;
    private final byte[] opaque;

    /**
     * @param token the name of the token in the configuration
     * @param residence how the material resides there
     * @param opaque what the token's engine finds it by; copied
     */
    public MaterialReference(String token, Residence residence, byte[] opaque) {
        this.token = token;
        this.residence = residence;
        this.opaque = opaque.clone();
    }

    /** The name of the token in the configuration. */
    public String token() {
        return token;
    }

    /** How the material resides. */
    public Residence residence() {
        return residence;
    }

    /** A copy of the engine's bytes. */
    public byte[] opaque() {
        return opaque.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaterialReference that
                && token.equals(that.token)
                && residence == that.residence
                && Arrays.equals(opaque, that.opaque);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(opaque);
    }

    @Override
    public String toString() {
        return token + "/" + residence + "/" + Base64.getEncoder().encodeToString(opaque);
    }
}
