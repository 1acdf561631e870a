package dev.keyward.audit;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trail from its beginning and finds the first record that was changed, removed, put elsewhere or cut off. It
 * changes nothing. Used once, by one thread.
 *
 * <p>The trail may be written to meanwhile: what the store knows is read first, so that the files cannot be shorter.
 */
public final class TrailVerifier {
    private final List<Path> directories;
    private final Sealing sealing;
    private final @Nullable AuditChainStore store;
    private final Extent extent;

    private final List<String> notes = new ArrayList<>();
    private int chains;
    private int files;
    private long records;

    /** How much of a trail there should be. */
    public enum Extent {
        /** All of it, and no process writes to it. */
        WHOLE,
        /** All of it, and a process may be writing to it: its last line may be half there. */
        GROWING,
        /** A part, of whole files: what is missing before, between and after them is not looked for. */
        PART
    }

    /**
     * @param directories where its files are; together they are one trail
     * @param store what knows how far each chain goes; null if it is not there, and then nobody can say
     */
    public TrailVerifier(List<Path> directories, Sealing sealing, @Nullable AuditChainStore store, Extent extent) {
        this.directories = List.copyOf(directories);
        this.sealing = sealing;
        this.store = store;
        this.extent = extent;
    }

    /**
     * Reads the trail, to its end or to the first fault.
     *
     * @throws AuditException if a file cannot be read
     * @throws dev.keyward.contract.TokenException if the token cannot be asked
     */
    public Verification verify() {
        Verification.Fault fault = null;
        try {
            verifyChains();
        } catch (FaultFound found) {
            fault = found.fault();
        } catch (IOException e) {
            throw new AuditException("the audit trail cannot be read: " + e.getMessage(), e);
        }
        return new Verification(chains, files, records, notes, fault);
    }

    private void verifyChains() throws IOException, FaultFound {
        Map<Long, AuditChainRecord> known = known();
        SortedMap<Long, List<TrailFile>> trail = trail();
        if (!known.keySet().containsAll(trail.keySet())) {
            known = known(); // a process was started between the two
        }
        List<Long> unknown = new ArrayList<>();
        Ending ending = null;
        for (Map.Entry<Long, List<TrailFile>> chain : trail.entrySet()) {
            AuditChainRecord anchor = known.remove(chain.getKey());
            boolean last = chain.getKey().equals(trail.lastKey());
            Chained chained = new Chained(chain.getKey(), anchor, last, ending);
            ending = chained.verify(chain.getValue());
            if (store != null && extent != Extent.PART && anchor == null && chained.count > 1) {
                unknown.add(chain.getKey());
            }
            chains++;
        }
        if (extent == Extent.PART) {
            return;
        }
        for (Long missing : known.keySet()) {
            throw new FaultFound("chain " + missing, "the store knows it, and no record of it is here");
        }
        for (Long chain : unknown) {
            throw new FaultFound(
                    "chain " + chain,
                    "the token sealed it, and the store does not know it: the store is older than the trail");
        }
    }

    private Map<Long, AuditChainRecord> known() {
        Map<Long, AuditChainRecord> known = new TreeMap<>();
        if (store != null) {
            store.listAuditChains().forEach(chain -> known.put(chain.number(), chain));
        }
        return known;
    }

    private SortedMap<Long, List<TrailFile>> trail() throws IOException {
        SortedMap<Long, List<TrailFile>> trail = new TreeMap<>();
        for (Path directory : directories) {
            for (TrailFile file : TrailFile.list(directory)) {
                trail.computeIfAbsent(file.chain(), number -> new ArrayList<>()).add(file);
            }
        }
        trail.values().forEach(ofChain -> ofChain.sort(TrailFile.ORDER));
        return trail;
    }

    /** One chain of the trail, file by file. */
    private final class Chained {
        private final long number;
        private final @Nullable AuditChainRecord anchor;
        private final boolean last;
        private final @Nullable Ending before;
        private @Nullable ChainWalk walk;
        private byte @Nullable [] lastLine;
        private byte[] rest = {};
        private long count;

        Chained(long number, @Nullable AuditChainRecord anchor, boolean last, @Nullable Ending before) {
            this.number = number;
            this.anchor = extent == Extent.PART ? null : anchor;
            this.last = last;
            this.before = before;
        }

        Ending verify(List<TrailFile> ofChain) throws IOException, FaultFound {
            try {
                for (TrailFile file : ofChain) {
                    if (rest.length > 0) {
                        throw new FaultFound(file.name(), "the file before it ends in the middle of a line");
                    }
                    verify(file);
                    files++;
                }
                end(ofChain.getLast());
            } finally {
                if (walk != null) {
                    walk.close();
                }
            }
            return Ending.of(ofChain.getLast(), lastLine, rest);
        }

        private void verify(TrailFile file) throws IOException, FaultFound {
            lastLine = null;
            try (LineReader lines = new LineReader(file.path())) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    ChainWalk walking = lines.number() == 1 ? enter(file, line) : walk;
                    if (walking == null) {
                        throw new IllegalStateException("a file is entered by its first line");
                    }
                    walking.take(file.name() + " line " + lines.number(), line);
                    lastLine = line;
                    records++;
                    count++;
                }
                rest = lines.rest();
            }
        }

        private ChainWalk enter(TrailFile file, byte[] line) throws FaultFound {
            if (walk != null && (walk.continuesWith(file) || extent != Extent.PART)) {
                return walk;
            }
            if (file.first() > 0) {
                String missing = "records before record " + file.first() + " of chain " + number + " are not here";
                if (extent != Extent.PART) {
                    throw new FaultFound(file.name(), missing);
                }
                notes.add(missing);
            }
            if (walk != null) {
                walk.close();
            }
            ChainWalk begun = ChainWalk.begin(sealing, file, line, anchor);
            walk = begun;
            if (file.first() == 0) {
                requireEnding(file, line);
            }
            return begun;
        }

        /** The first record of a chain says how the trail ended before it. */
        private void requireEnding(TrailFile file, byte[] line) throws FaultFound {
            Ending said = ChainEvent.read(line).map(ChainEvent::ending).orElse(null);
            if (extent == Extent.PART || Objects.equals(said, before)) {
                return;
            }
            throw new FaultFound(
                    file.name() + " line 1 (chain " + number + ", record 0)",
                    "when it was written the trail ended %s, and now it ends %s"
                            .formatted(described(said), described(before)));
        }

        private static String described(@Nullable Ending ending) {
            return ending == null ? "nowhere: there was none" : "with " + ending.description();
        }

        private void end(TrailFile file) throws FaultFound {
            boolean beingWritten = last && extent == Extent.GROWING;
            if (walk == null) {
                if (anchor != null) {
                    throw new FaultFound(file.name(), "it has no whole record, and the store knows of one");
                }
                if (!beingWritten) {
                    notes.add("chain " + number + " was begun and has no whole record");
                }
                return;
            }
            walk.end(beingWritten);
            if (walk.isClosed()) {
                if (rest.length > 0) {
                    throw new FaultFound(file.name(), "there is something after the end of chain " + number);
                }
            } else if (!beingWritten) {
                notes.add("chain %d was interrupted after record %d%s%s"
                        .formatted(
                                number,
                                walk.next() - 1,
                                rest.length == 0 ? "" : ", " + rest.length + " bytes into the next",
                                last ? "; until the next start nothing says that this was its end" : ""));
            }
        }
    }
}
