package dev.keyward.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.TokenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit trail of one process: one chain of records, in files that follow each other. Safe for use by many
 * threads at once.
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

    /** A verifier remembers the MACs between two checkpoints. */
    private static final int MOST_UNSEALED = 100_000;

    private final Path directory;
    private final TrailSettings settings;
    private final InstantSource clock;
    private final AuditChainStore store;
    private final LongSupplier rowChanges;
    private final Sealing sealing;
    private final TrailEnd end;

    /** Held by whoever syncs, or begins a file. */
    private final Object syncing = new Object();

    /** How many records of the chain the disk is known to hold; written under {@link #syncing}. */
    private volatile long synced;

    /** How many records the chain had at its last checkpoint, with the checkpoint. */
    @GuardedBy("syncing")
    private long sealed;

    @GuardedBy("syncing")
    private Instant sealedAt;

    private AuditTrail(
            Path directory,
            TrailSettings settings,
            InstantSource clock,
            AuditChainStore store,
            LongSupplier rowChanges,
            Sealing sealing,
            DiskFile.Maker maker,
            Beginning begun) {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.rowChanges = rowChanges;
        this.sealing = sealing;
        end = new TrailEnd(directory, maker, begun);
        synced = end.records();
        sealed = end.records();
        sealedAt = begun.at();
    }

    /**
     * Begins a chain in {@code audit} under {@code home}, which must be there; what is missing below is made, for its
     * owner's eyes only. What an earlier process left stays as it is, and is named in the first record.
     *
     * @param rowChanges how many changes of rows the database has seen, which only grows: the trail keeps it at every
     *     checkpoint, so that {@link #lastRowChanges} can tell an older database
     * @throws AuditException if it cannot be begun
     */
    public static AuditTrail open(
            Path home,
            TrailSettings settings,
            InstantSource clock,
            AuditChainStore store,
            LongSupplier rowChanges,
            Sealing sealing) {
        return open(home, settings, clock, store, rowChanges, sealing, DiskFile::make);
    }

    static AuditTrail open(
            Path home,
            TrailSettings settings,
            InstantSource clock,
            AuditChainStore store,
            LongSupplier rowChanges,
            Sealing sealing,
            DiskFile.Maker maker) {
        Path directory = directory(home);
        try {
            Beginning begun = Beginning.of(directory, clock.instant(), store, rowChanges, sealing, maker);
            return new AuditTrail(directory, settings, clock, store, rowChanges, sealing, maker, begun);
        } catch (IOException | StoreException | TokenException e) {
            throw new AuditException("the audit trail in " + directory + " cannot be begun: " + e.getMessage(), e);
        }
    }

    /** Where the trail of a home lies. */
    public static Path directory(Path home) {
        return home.resolve("audit");
    }

    /**
     * How many changes of rows the database of a home had seen when the trail was last written to in order: a database
     * that has seen fewer is an older one. 0 if there is no trail.
     *
     * @throws AuditException if the trail cannot be read
     */
    public static long lastRowChanges(Path home) {
        Path directory = directory(home);
        try {
            return Files.isDirectory(directory) ? ChainEvent.lastRowChanges(TrailFile.list(directory)) : 0;
        } catch (IOException e) {
            throw new AuditException("the audit trail in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(AuditEvent event) {
        RecordBuffer record = new RecordBuffer();
        try {
            EventJson.write(event, record);
        } catch (RuntimeException e) {
            throw new AuditException("an audit record could not be made", e);
        }
        long records = end.append(record);
        if (settings.sync() == TrailSettings.Sync.ANSWER || event.phase() == AuditEvent.Phase.INTENT) {
            sync(records);
        }
    }

    @Override
    public void requireWritable() {
        end.requireWritable();
    }

    /** Makes the disk hold the first {@code records} of the chain. Whoever waits meanwhile shares the next sync. */
    private void sync(long records) {
        if (synced >= records) {
            return;
        }
        synchronized (syncing) {
            if (synced < records) {
                synced = end.sync();
            }
        }
    }

    /**
     * Does what is due: a sync, another file, a checkpoint. To be called every second. What fails is logged and tried
     * again the next time.
     */
    public void keepHouse() {
        if (end.isStopped()) {
            return;
        }
        try {
            sync(end.records());
            if (isFileDue()) {
                beginFile();
            } else if (isCheckpointDue()) {
                checkpoint();
            }
        } catch (AuditException | StoreException | TokenException | IOException e) {
            LOG.warn("the audit trail in {} could not be looked after: {}", directory, e.toString());
        }
    }

    private boolean isFileDue() {
        return end.fileBytes() >= settings.fileBytes() || isPast(end.fileBegun(), settings.fileAge());
    }

    private boolean isCheckpointDue() {
        synchronized (syncing) {
            long unsealed = end.records() - sealed;
            return unsealed >= MOST_UNSEALED || (unsealed > 0 && isPast(sealedAt, settings.checkpointInterval()));
        }
    }

    private boolean isPast(Instant since, Duration interval) {
        return !clock.instant().isBefore(since.plus(interval));
    }

    /** Has the token seal where the chain stands, and writes that into the trail and into the store. */
    private void checkpoint() {
        synchronized (syncing) {
            AuditCheckpoint checkpoint = end.seal(sealing, false);
            keep(checkpoint, end.append(end.record(checkpoint, rowChanges.getAsLong(), clock.instant())));
        }
    }

    /** Begins the next file with a checkpoint, so that it can be verified without those before it. */
    private void beginFile() throws IOException {
        synchronized (syncing) {
            AuditCheckpoint checkpoint = end.seal(sealing, false);
            keep(checkpoint, end.beginFile(checkpoint, rowChanges.getAsLong(), clock.instant()));
        }
    }

    /** The store must not know of records that the disk does not hold. */
    @GuardedBy("syncing")
    private void keep(AuditCheckpoint checkpoint, long records) {
        synced = end.sync();
        sealed = records;
        sealedAt = clock.instant();
        store.putAuditChain(end.known(checkpoint));
    }

    /** Ends the chain with a record that says so. Idempotent. */
    @Override
    public void close() {
        synchronized (syncing) {
            try {
                if (!end.isStopped()) {
                    AuditCheckpoint last = end.seal(sealing, true);
                    keep(last, end.append(end.record(last, rowChanges.getAsLong(), clock.instant())));
                }
            } catch (AuditException | StoreException | TokenException e) {
                throw new AuditException("the audit trail in " + directory + " is left without its end", e);
            } finally {
                end.close();
            }
        }
    }
}
