package dev.keyward.contract;

/**
 * A service key as the store keeps it. Immutable and thread-safe.
 *
 * @param purpose its one purpose
 * @param version counts the keys of a purpose, from 1; the newest one seals, all of them open
 * @param reference where it is
 * @param presence {@link MaterialPresence#CREATING} or {@link MaterialPresence#PRESENT}
 */
public record ServiceKeyRecord(
        ServicePurpose purpose, int version, MaterialReference reference, MaterialPresence presence) {}
