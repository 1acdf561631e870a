package dev.keyward.audit;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.Sealing;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One chain while it is written: each record names the MAC of the one before and is MACed under a key of its own. Not
 * thread-safe.
 */
final class Chain implements AutoCloseable {
    private static final int ID_LENGTH_BYTES = 16;

    private final long number;
    private final String id;
    private final Instant openedAt;
    private final EvolvingKey key;
    private long next;
    private String previous = ChainedLine.NO_MAC;
    private String mac = ChainedLine.NO_MAC;

    /** Begins a chain with a fresh random key. */
    Chain(long number, Instant openedAt) {
        byte[] random = new byte[ID_LENGTH_BYTES];
        new SecureRandom().nextBytes(random);
        this.number = number;
        this.id = HexFormat.of().formatHex(random);
        this.openedAt = openedAt;
        this.key = EvolvingKey.random();
    }

    long number() {
        return number;
    }

    String id() {
        return id;
    }

    /** What binds a seal to a place in a chain. */
    static String binding(long number, String id, long next, String previous, boolean closing) {
        return "audit chain %d %s, %s %d after %s"
                .formatted(number, id, closing ? "closed by" : "before", next, previous);
    }

    /** The sequence number of the record that comes next. */
    long next() {
        return next;
    }

    /** Ends a JSON object as the next line. The chain goes on from it once it is {@link #written}. */
    void end(RecordBuffer object) {
        mac = ChainedLine.end(object, id, next, previous, key);
    }

    /** The line that was ended last is in its file. */
    void written() {
        previous = mac;
        next++;
        key.evolve();
    }

    /** Where the chain stands, to be sealed. */
    Position position() {
        return new Position(next, previous, key.copy());
    }

    /** The chain as the store keeps it. */
    AuditChainRecord record(AuditCheckpoint checkpoint) {
        return new AuditChainRecord(number, id, openedAt, checkpoint);
    }

    /** Forgets its key: nothing can be added any more. */
    @Override
    public void close() {
        key.close();
    }

    /**
     * A place between two records, with the key that goes on from there.
     *
     * @param next the sequence number of the record after it
     * @param previous the MAC of the record before it
     * @param key the key of the record after it; whoever seals it clears it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Position(long next, String previous, byte[] key) {
        /** Seals the key under the token's, bound to this place in this chain, and clears it. */
        AuditCheckpoint seal(Sealing sealing, long number, String id, boolean closing) {
            try {
                byte[] seal = sealing.seal(binding(number, id, next, previous, closing), key);
                return new AuditCheckpoint(next, previous, closing, seal);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }

        @Override
        public String toString() {
            return "before record " + next;
        }
    }
}
