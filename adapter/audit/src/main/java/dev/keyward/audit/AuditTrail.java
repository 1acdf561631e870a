package dev.keyward.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.TokenException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit trail of one process: one chain of records, in files that follow each other. Safe for use by many
 * threads at once: a record is written whole before the next one begins.
 *
 * <p>A record whose {@link #write} has returned is in the operating system's hands: it survives the end of the process.
 * A power cut it survives once it is synced; {@link TrailSettings.Sync} says when that is.
 *
 * <p>What cannot be written is refused. After a write that failed, the next one is tried as if nothing had been, so
 * once a full disk has room again all is well. After a sync that failed nobody knows what the disk holds: nothing more is
 * written until the process is started anew.
 */
public final class AuditTrail implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** A verifier remembers so many MACs. */
    private static final int MOST_UNSEALED = 100_000;

    private final Path directory;
    private final TrailSettings settings;
    private final InstantSource clock;
    private final AuditChainStore store;
    private final ChainSealer sealer;
    private final DiskFile.Maker maker;

    /** Held by whoever syncs or changes files, and always taken before the monitor of this object. */
    private final Object syncing = new Object();

    @GuardedBy("this")
    private final Chain chain;

    @GuardedBy("this")
    private AppendedFile file;

    @GuardedBy("this")
    private Instant fileBegun;

    /** What keeps records from being written: null for nothing. */
    @GuardedBy("this")
    private @Nullable AuditException lasting;

    /** Whether the last write failed, so that the next request had better ask first. */
    private volatile boolean failing;

    /** How many records of the chain the disk is known to hold. */
    private volatile long synced;

    @GuardedBy("syncing")
    private long sealedBefore;

    @GuardedBy("syncing")
    private Instant sealedAt;

    @SuppressWarnings("this-escape") // nobody has it before it is whole
    private AuditTrail(
            Path directory,
            TrailSettings settings,
            InstantSource clock,
            AuditChainStore store,
            ChainSealer sealer,
            DiskFile.Maker maker)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.sealer = sealer;
        this.maker = maker;
        Ending ending = Ending.of(directory);
        Instant now = clock.instant();
        chain = new Chain(nextNumber(), now);
        AuditCheckpoint first = chain.position().seal(sealer, chain.number(), chain.id(), false);
        file = new AppendedFile(maker.make(TrailFile.in(directory, now, chain.number(), 0).path()));
        fileBegun = now;
        sealedAt = now;
        RecordBuffer opening = new RecordBuffer();
        ChainEventJson.write(ChainEventJson.Name.OPEN, now, chain.number(), first, ending, opening);
        chain.end(opening);
        file.append(opening);
        chain.written();
        file.sync();
        syncDirectory();
        synced = chain.next();
        sealedBefore = chain.next();
        store.putAuditChain(chain.record(first));
    }

    /**
     * Begins a chain in {@code audit} under {@code home}, which must be there; what is missing below is made, for its
     * owner's eyes only. What an earlier process left stays as it is, and is named in the first record.
     *
     * @throws AuditException if it cannot be begun
     */
    public static AuditTrail open(
            Path home, TrailSettings settings, InstantSource clock, AuditChainStore store, ChainSealer sealer) {
        return open(home, settings, clock, store, sealer, DiskFile::make);
    }

    static AuditTrail open(
            Path home,
            TrailSettings settings,
            InstantSource clock,
            AuditChainStore store,
            ChainSealer sealer,
            DiskFile.Maker maker) {
        Path directory = directory(home);
        try {
            createDirectory(directory);
            return new AuditTrail(directory, settings, clock, store, sealer, maker);
        } catch (IOException | StoreException | TokenException e) {
            throw new AuditException("the audit trail in " + directory + " cannot be begun: " + e.getMessage(), e);
        }
    }

    /** Where the trail of a home lies. */
    public static Path directory(Path home) {
        return home.resolve("audit");
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** After the last of the store's and of the files': one of the two may have been restored from a backup. */
    private long nextNumber() throws IOException {
        long last = 0;
        for (AuditChainRecord known : store.listAuditChains()) {
            last = Math.max(last, known.number());
        }
        for (TrailFile known : TrailFile.list(directory)) {
            last = Math.max(last, known.chain());
        }
        return last + 1;
    }

    @Override
    public void write(AuditEvent event) {
        RecordBuffer record = new RecordBuffer();
        try {
            EventJson.write(event, UUID.randomUUID().toString(), record);
        } catch (RuntimeException e) {
            throw new AuditException("an audit record could not be made", e);
        }
        long written = append(record);
        if (settings.sync() == TrailSettings.Sync.ANSWER || event.phase() == AuditEvent.Phase.INTENT) {
            sync(written);
        }
    }

    /** Appends a record; how many the chain has then. */
    private synchronized long append(RecordBuffer record) {
        requireNothingLasting();
        chain.end(record);
        try {
            file.append(record);
        } catch (IOException e) {
            failing = true;
            throw new AuditException("the audit record could not be written in " + directory, e);
        }
        failing = false;
        chain.written();
        return chain.next();
    }

    @GuardedBy("this")
    private void requireNothingLasting() {
        if (lasting != null) {
            throw new AuditException(String.valueOf(lasting.getMessage()), lasting);
        }
    }

    @Override
    public void requireWritable() {
        if (failing) {
            probe();
        }
    }

    private synchronized void probe() {
        requireNothingLasting();
        try {
            file.probe();
            failing = false;
        } catch (IOException e) {
            throw new AuditException("no audit record can be written in " + directory, e);
        }
    }

    /** Makes the disk hold the first {@code records} of the chain. Whoever waits meanwhile shares the next sync. */
    private void sync(long records) {
        if (synced >= records) {
            return;
        }
        synchronized (syncing) {
            if (synced < records) {
                syncNow();
            }
        }
    }

    @GuardedBy("syncing")
    private void syncNow() {
        AppendedFile present;
        long records;
        synchronized (this) {
            requireNothingLasting();
            present = file;
            records = chain.next();
        }
        syncOrFail(present);
        synced = records;
    }

    private synchronized AuditException fail(AuditException failure) {
        LOG.error("nothing is recorded any more, and so no request answered, until a new start", failure);
        lasting = failure;
        failing = true;
        return failure;
    }

    /**
     * Does what is due: a sync, another file, a checkpoint. To be called every second. What fails is logged and tried
     * again the next time.
     */
    public void keepHouse() {
        if (isStopped()) {
            return;
        }
        try {
            sync(written());
            if (isFileDue()) {
                beginFile();
            } else if (isCheckpointDue()) {
                checkpoint();
            }
        } catch (AuditException | StoreException | TokenException | IOException e) {
            LOG.warn("the audit trail in {} could not be looked after: {}", directory, e.toString());
        }
    }

    private synchronized boolean isStopped() {
        return lasting != null;
    }

    private synchronized long written() {
        return chain.next();
    }

    private synchronized boolean isFileDue() {
        return file.length() >= settings.fileBytes() || isPast(fileBegun, settings.fileAge());
    }

    private boolean isCheckpointDue() {
        synchronized (syncing) {
            long unsealed = written() - sealedBefore;
            return unsealed >= MOST_UNSEALED || (unsealed > 0 && isPast(sealedAt, settings.checkpointInterval()));
        }
    }

    private boolean isPast(Instant since, Duration interval) {
        return !clock.instant().isBefore(since.plus(interval));
    }

    /** Has the token seal where the chain stands, and writes that into the trail and into the store. */
    private void checkpoint() {
        synchronized (syncing) {
            AuditCheckpoint checkpoint = seal();
            appendCheckpoint(checkpoint);
            syncNow();
            keep(checkpoint);
        }
    }

    /** Begins the next file with a checkpoint, so that it can be verified without those before it. */
    private void beginFile() throws IOException {
        synchronized (syncing) {
            AuditCheckpoint checkpoint = seal();
            synchronized (this) {
                requireNothingLasting();
                swapFile(checkpoint);
            }
            keep(checkpoint);
        }
    }

    @GuardedBy("this")
    private void swapFile(AuditCheckpoint checkpoint) throws IOException {
        Instant now = clock.instant();
        Path path = TrailFile.in(directory, now, chain.number(), chain.next()).path();
        AppendedFile former = file;
        syncOrFail(former);
        AppendedFile begun = new AppendedFile(maker.make(path));
        boolean whole = false;
        try {
            RecordBuffer record = checkpointRecord(checkpoint, now);
            chain.end(record);
            begun.append(record);
            begun.sync();
            syncDirectory();
            whole = true;
        } finally {
            if (!whole) {
                empty(begun);
            }
        }
        chain.written();
        file = begun;
        fileBegun = now;
        synced = chain.next();
        former.close();
    }

    private void syncOrFail(AppendedFile synced) {
        try {
            synced.sync();
        } catch (IOException e) {
            throw fail(new AuditException("the disk does not take the audit trail in " + directory, e));
        }
    }

    /** An empty file is none; one with a record in it would be a second place for the record that comes next. */
    private void empty(AppendedFile begun) {
        try {
            begun.empty();
        } catch (IOException e) {
            throw fail(new AuditException("a file that was begun in vain cannot be emptied in " + directory, e));
        }
    }

    /** The position is taken at one moment, but the token seals it while other threads go on writing. */
    @GuardedBy("syncing")
    private AuditCheckpoint seal() {
        Chain.Position position;
        long number;
        String id;
        synchronized (this) {
            requireNothingLasting();
            position = chain.position();
            number = chain.number();
            id = chain.id();
        }
        return position.seal(sealer, number, id, false);
    }

    private void appendCheckpoint(AuditCheckpoint checkpoint) {
        Instant now = clock.instant();
        synchronized (this) {
            append(checkpointRecord(checkpoint, now));
        }
    }

    @GuardedBy("this")
    private RecordBuffer checkpointRecord(AuditCheckpoint checkpoint, Instant now) {
        RecordBuffer record = new RecordBuffer();
        ChainEventJson.Name name =
                checkpoint.closing() ? ChainEventJson.Name.CLOSE : ChainEventJson.Name.CHECKPOINT;
        ChainEventJson.write(name, now, chain.number(), checkpoint, record);
        return record;
    }

    @GuardedBy("syncing")
    private void keep(AuditCheckpoint checkpoint) {
        AuditChainRecord record;
        synchronized (this) {
            record = chain.record(checkpoint);
            sealedBefore = chain.next();
        }
        sealedAt = clock.instant();
        store.putAuditChain(record);
    }

    private void syncDirectory() throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /** Ends the chain with a record that says so. Idempotent. */
    @Override
    public void close() {
        synchronized (syncing) {
            synchronized (this) {
                if (lasting != null) {
                    closeFile();
                    return;
                }
                try {
                    AuditCheckpoint last = chain.position().seal(sealer, chain.number(), chain.id(), true);
                    append(checkpointRecord(last, clock.instant()));
                    file.sync();
                    store.putAuditChain(chain.record(last));
                } catch (AuditException | IOException | StoreException | TokenException e) {
                    throw new AuditException("the audit trail in " + directory + " is left without its end", e);
                } finally {
                    lasting = new AuditException("the audit trail is closed");
                    closeFile();
                }
            }
        }
    }

    @GuardedBy("this")
    private void closeFile() {
        chain.close();
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("the audit file in {} did not close cleanly: {}", directory, e.toString());
        }
    }
}
