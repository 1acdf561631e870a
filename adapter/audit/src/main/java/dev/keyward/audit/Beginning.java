package dev.keyward.audit;

import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditChainStore;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.Sealing;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain that has just been begun. Its first record is on disk before the store knows of the chain, and the store knows
 * of it before anything else is recorded.
 *
 * @param chain the chain, after its first record
 * @param file the file with that record
 * @param at when it was begun
 */
record Beginning(Chain chain, AppendedFile file, Instant at) {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** Begins a chain; nothing stays open if it cannot. */
    static Beginning of(
            Path directory,
            Instant now,
            AuditChainStore store,
            LongSupplier rowChanges,
            Sealing sealing,
            DiskFile.Maker maker)
            throws IOException {
        createDirectory(directory);
        Ending ending = Ending.of(directory);
        Chain chain = new Chain(nextNumber(directory, store), now);
        AuditCheckpoint first = chain.position().seal(sealing, chain.number(), chain.id(), false);
        AppendedFile file = new AppendedFile(
                maker.make(TrailFile.in(directory, now, chain.number(), 0).path()));
        boolean begun = false;
        try {
            RecordBuffer opening = new RecordBuffer();
            ChainEventJson.write(
                    ChainEventJson.Name.OPEN, now, chain.number(), first, rowChanges.getAsLong(), ending, opening);
            chain.end(opening);
            file.append(opening);
            chain.written();
            file.sync();
            DiskFile.syncDirectory(directory);
            store.putAuditChain(chain.record(first));
            begun = true;
        } finally {
            if (!begun) {
                chain.close();
                file.close();
            }
        }
        return new Beginning(chain, file, now);
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    /** After the last of the store's and of the files': one of the two may have been restored from a backup. */
    private static long nextNumber(Path directory, AuditChainStore store) throws IOException {
        long inStore = store.listAuditChains().stream()
                .mapToLong(AuditChainRecord::number)
                .max()
                .orElse(0);
        long inFiles = TrailFile.list(directory).stream()
                .mapToLong(TrailFile::chain)
                .max()
                .orElse(0);
        if (inFiles > inStore) {
            LOG.warn(
                    "the database is older than the audit trail in {}: it does not know chain {}; was it restored from a"
                            + " backup?",
                    directory,
                    inFiles);
        }
        return Math.max(inStore, inFiles) + 1;
    }
}
