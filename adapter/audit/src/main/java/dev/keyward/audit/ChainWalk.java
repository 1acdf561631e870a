package dev.keyward.audit;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.Sealing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one chain from record to record, with the key that each must have been MACed under. It begins at a seal, of
 * the chain's first record or of the checkpoint that a file begins with. Not thread-safe.
 */
final class ChainWalk implements AutoCloseable {
    /** How far a gap is looked across to tell a removed record from a changed one. */
    private static final long LONGEST_LOOK = 10_000_000;

    private final Sealing sealing;
    private final long number;
    private final String id;
    private final @Nullable AuditChainRecord known;
    private final EvolvingKey key;

    /** The MACs before records {@code firstKept} to {@code next}. */
    private final List<String> previousMacs = new ArrayList<>();

    private long firstKept;
    private long next;
    private boolean closed;

    /** The last checkpoint but one: a crash can have kept only the last one from the store. */
    private long lastButOne;

    private long lastSealed;

    private ChainWalk(
            Sealing sealing, long number, ChainedLine first, @Nullable AuditChainRecord known, EvolvingKey key) {
        this.sealing = sealing;
        this.number = number;
        this.id = first.chain();
        this.known = known;
        this.key = key;
        next = first.sequence();
        firstKept = next;
        previousMacs.add(first.previous());
    }

    /**
     * Begins before a line that has a seal.
     *
     * @param known what the store says of this chain; null if it says nothing or is not asked
     */
    static ChainWalk begin(Sealing sealing, TrailFile file, byte[] line, @Nullable AuditChainRecord known)
            throws FaultFound {
        String place = file.name() + " line 1";
        ChainedLine first = ChainedLine.read(line).orElseThrow(() -> new FaultFound(place, "it is not a whole record"));
        ChainEvent event = ChainEvent.read(line)
                .orElseThrow(() -> new FaultFound(place, "it is not a record that a file begins with"));
        AuditCheckpoint checkpoint = event.checkpoint();
        long steps = first.sequence() - checkpoint.next();
        if (first.sequence() != file.first() || event.number() != file.chain() || steps < 0 || steps > LONGEST_LOOK) {
            throw new FaultFound(place, "it is not the record that the file's name speaks of");
        }
        if (known != null && !known.id().equals(first.chain())) {
            throw new FaultFound(place, "the store knows another chain as chain " + file.chain());
        }
        byte[] sealed = sealing.open(binding(file.chain(), first.chain(), checkpoint), checkpoint.seal())
                .orElseThrow(() -> new FaultFound(place, "it has no seal of this token"));
        try {
            EvolvingKey key = new EvolvingKey(sealed);
            for (long step = 0; step < steps; step++) {
                key.evolve();
            }
            return new ChainWalk(sealing, file.chain(), first, known, key);
        } finally {
            Arrays.fill(sealed, (byte) 0);
        }
    }

    /** Goes one record further. */
    void take(String place, byte[] line) throws FaultFound {
        if (closed) {
            throw new FaultFound(place, "it stands after the end of chain " + number);
        }
        ChainedLine read = ChainedLine.read(line)
                .orElseThrow(() -> new FaultFound(place, "it is not a whole record; record " + next + " was expected"));
        if (!read.chain().equals(id)
                || read.sequence() != next
                || !read.previous().equals(previousMacs.getLast())
                || !read.isAuthentic(line, key)) {
            throw new FaultFound(place + named(read), reason(read, line));
        }
        ChainEvent event = ChainEvent.read(line).orElse(null);
        if (event != null) {
            require(place + named(read), event);
        }
        next++;
        key.evolve();
        previousMacs.add(read.mac());
        requireAnchor(place + named(read));
    }

    private String named(ChainedLine read) {
        return " (chain " + number + ", record " + read.sequence() + ")";
    }

    private String reason(ChainedLine read, byte[] line) {
        if (!read.chain().equals(id)) {
            return "it belongs to another chain; record " + next + " was expected";
        }
        if (read.sequence() < next) {
            return "it stands here again or out of its order; record " + next + " was expected";
        }
        if (read.sequence() > next && isAuthenticFurtherOn(read, line)) {
            return read.sequence() == next + 1
                    ? "record " + next + " before it is missing"
                    : "records " + next + " to " + (read.sequence() - 1) + " before it are missing";
        }
        return "it was changed: its MAC is not that of its content";
    }

    private boolean isAuthenticFurtherOn(ChainedLine read, byte[] line) {
        if (read.sequence() - next > LONGEST_LOOK) {
            return false;
        }
        byte[] present = key.copy();
        try (EvolvingKey later = new EvolvingKey(present)) {
            for (long sequence = next; sequence < read.sequence(); sequence++) {
                later.evolve();
            }
            return read.isAuthentic(line, later);
        } finally {
            Arrays.fill(present, (byte) 0);
        }
    }

    /** A seal must be the token's, and of the place that the trail itself has there. */
    private void require(String place, ChainEvent event) throws FaultFound {
        AuditCheckpoint checkpoint = event.checkpoint();
        boolean first = event.name() == ChainEventJson.Name.OPEN;
        if (event.number() != number || first != (next == 0) || checkpoint.next() > next) {
            throw new FaultFound(place, "it speaks of another place");
        }
        if (checkpoint.next() >= firstKept) {
            if (!macBefore(checkpoint.next()).equals(checkpoint.previous())) {
                throw new FaultFound(place, "it seals another record than stands before " + checkpoint.next());
            }
            forgetBefore(checkpoint.next());
        }
        requireSeal(place, checkpoint);
        lastButOne = lastSealed;
        lastSealed = checkpoint.next();
        closed = event.name() == ChainEventJson.Name.CLOSE;
    }

    private void requireSeal(String place, AuditCheckpoint checkpoint) throws FaultFound {
        byte[] sealed = sealing.open(binding(number, id, checkpoint), checkpoint.seal())
                .orElseThrow(() -> new FaultFound(place, "it has no seal of this token"));
        Arrays.fill(sealed, (byte) 0);
    }

    /** The last place that the store knows of must be the trail's. */
    private void requireAnchor(String place) throws FaultFound {
        if (known != null
                && known.checkpoint().next() == next
                && !known.checkpoint().previous().equals(previousMacs.getLast())) {
            throw new FaultFound(place, "the store knows another record in its place");
        }
    }

    /**
     * The trail of this chain ends here: it must go as far as the store knows, and the store must know as much as it was
     * told.
     *
     * @param growing whether the store may have been told more since it was asked
     */
    void end(boolean growing) throws FaultFound {
        if (known == null) {
            return;
        }
        AuditCheckpoint anchor = known.checkpoint();
        String place = "chain " + number;
        requireSeal(place + " in the store", anchor);
        long least = anchor.closing() ? anchor.next() + 1 : anchor.next();
        if (next < least) {
            throw new FaultFound(
                    place, "it is cut off after record " + (next - 1) + "; the store knows of " + least + " records");
        }
        if (!growing && anchor.next() < lastButOne) {
            throw new FaultFound(
                    place,
                    "the store knows it before record " + anchor.next() + " only, and its last checkpoint is before "
                            + lastSealed + ": the store is older than the trail");
        }
    }

    /** Whether that is a record from which this walk can go on. */
    boolean continuesWith(TrailFile file) {
        return file.chain() == number && file.first() == next;
    }

    boolean isClosed() {
        return closed;
    }

    /** How many records the chain has until here. */
    long next() {
        return next;
    }

    private String macBefore(long sequence) {
        return previousMacs.get(Math.toIntExact(sequence - firstKept));
    }

    private void forgetBefore(long sequence) {
        previousMacs.subList(0, Math.toIntExact(sequence - firstKept)).clear();
        firstKept = sequence;
    }

    private static String binding(long number, String id, AuditCheckpoint checkpoint) {
        return Chain.binding(number, id, checkpoint.next(), checkpoint.previous(), checkpoint.closing());
    }

    @Override
    public void close() {
        key.close();
    }
}
