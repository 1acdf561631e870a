package dev.keyward.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a trail, where it grows: a chain and the file that it is in. Safe for use by many threads at once; a record
 * is appended whole before the next one begins.
 */
final class TrailEnd {
    private static final Logger LOG = LoggerFactory.getLogger(TrailEnd.class);

    private final Path directory;
    private final DiskFile.Maker maker;

    @GuardedBy("this")
    private final Chain chain;

    @GuardedBy("this")
    private AppendedFile file;

    @GuardedBy("this")
    private Instant fileBegun;

    /** What keeps records from being written for good; null for nothing. */
    @GuardedBy("this")
    private @Nullable AuditException lasting;

    /** Whether the last write failed, so that whoever is next had better ask first. */
    private volatile boolean failing;

    TrailEnd(Path directory, DiskFile.Maker maker, Beginning begun) {
        this.directory = directory;
        this.maker = maker;
        chain = begun.chain();
        file = begun.file();
        fileBegun = begun.at();
    }

    /**
     * Appends a record.
     *
     * @param record a JSON object
     * @return how many records the chain has then
     */
    synchronized long append(RecordBuffer record) {
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

    /** Where the last write failed, finds out whether the next one would. */
    void requireWritable() {
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

    @GuardedBy("this")
    private void requireNothingLasting() {
        if (lasting != null) {
            throw new AuditException(String.valueOf(lasting.getMessage()), lasting);
        }
    }

    /** Whether nothing can be appended any more. */
    synchronized boolean isStopped() {
        return lasting != null;
    }

    /** How many records the chain has. */
    synchronized long records() {
        return chain.next();
    }

    /** Since when the present file is written to. */
    synchronized Instant fileBegun() {
        return fileBegun;
    }

    /** How long the present file is. */
    synchronized long fileBytes() {
        return file.length();
    }

    /**
     * Has the token seal where the chain stands. That is one moment's place; meanwhile other threads go on appending.
     *
     * @param closing whether the record that comes next is to be the last
     */
    AuditCheckpoint seal(Sealing sealing, boolean closing) {
        Chain.Position position;
        long number;
        String id;
        synchronized (this) {
            requireNothingLasting();
            position = chain.position();
            number = chain.number();
            id = chain.id();
        }
        return position.seal(sealing, number, id, closing);
    }

    /** The chain as the store keeps it. */
    synchronized AuditChainRecord known(AuditCheckpoint checkpoint) {
        return chain.record(checkpoint);
    }

    /**
     * The record of a checkpoint.
     *
     * @param rowChanges how many changes of rows the database has seen
     */
    synchronized RecordBuffer record(AuditCheckpoint checkpoint, long rowChanges, Instant now) {
        RecordBuffer record = new RecordBuffer();
        ChainEventJson.Name name = checkpoint.closing() ? ChainEventJson.Name.CLOSE : ChainEventJson.Name.CHECKPOINT;
        ChainEventJson.write(name, now, chain.number(), checkpoint, rowChanges, null, record);
        return record;
    }

    /**
     * Makes the disk hold every record that was appended until now; others may be appended meanwhile. Called by one
     * thread at a time, and not while a file is begun.
     *
     * @return how many records that is
     */
    long sync() {
        AppendedFile present;
        long records;
        synchronized (this) {
            requireNothingLasting();
            present = file;
            records = chain.next();
        }
        sync(present);
        return records;
    }

    private void sync(AppendedFile synced) {
        try {
            synced.sync();
        } catch (IOException e) {
            throw stop(new AuditException("the disk does not take the audit trail in " + directory, e));
        }
    }

    /**
     * Begins the next file with the record of a checkpoint. If that fails the chain goes on in the present file.
     *
     * @return how many records the chain has then
     * @throws AuditException if nothing can be written any more
     * @throws IOException if the file cannot be begun
     */
    synchronized long beginFile(AuditCheckpoint checkpoint, long rowChanges, Instant now) throws IOException {
        requireNothingLasting();
        AppendedFile former = file;
        sync(former);
        Path path = TrailFile.in(directory, now, chain.number(), chain.next()).path();
        AppendedFile begun = new AppendedFile(maker.make(path));
        boolean whole = false;
        try {
            RecordBuffer record = record(checkpoint, rowChanges, now);
            chain.end(record);
            begun.append(record);
            begun.sync();
            DiskFile.syncDirectory(directory);
            whole = true;
        } finally {
            if (!whole) {
                empty(begun);
            }
        }
        chain.written();
        file = begun;
        fileBegun = now;
        close(former);
        return chain.next();
    }

    /** An empty file is none; one with a record in it would be a second place for the record that comes next. */
    private void empty(AppendedFile begun) {
        try {
            begun.empty();
        } catch (IOException e) {
            throw stop(new AuditException("a file that was begun in vain cannot be emptied in " + directory, e));
        }
    }

    private synchronized AuditException stop(AuditException reason) {
        LOG.error("nothing is recorded any more, and so no request answered, until a new start", reason);
        lasting = reason;
        failing = true;
        return reason;
    }

    /** Appends nothing any more, forgets the chain's key and closes the file. Idempotent. */
    synchronized void close() {
        if (lasting == null) {
            lasting = new AuditException("the audit trail is closed");
        }
        failing = true;
        chain.close();
        close(file);
    }

    private void close(AppendedFile closed) {
        try {
            closed.close();
        } catch (IOException e) {
            LOG.warn("an audit file in {} did not close cleanly: {}", directory, e.toString());
        }
    }
}
