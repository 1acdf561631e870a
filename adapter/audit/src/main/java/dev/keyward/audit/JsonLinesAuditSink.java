package dev.keyward.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditException;
import dev.keyward.contract.AuditSink;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Appends audit records to one file, a line of JSON each. Safe for use by many threads at once: a record is written whole
 * before the next one begins.
 *
 * <p>A record that was written is in the operating system's hands: it survives the end of the process, by whatever
 * signal, but not a power cut. When the disk is made to hold it too is for a later version to decide, together with the
 * chain that would show a missing record.
 */
public final class JsonLinesAuditSink implements AuditSink {
    private static final Set<PosixFilePermission> DIRECTORY_PERMISSIONS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_PERMISSIONS = PosixFilePermissions.fromString("rw-------");
    private static final int BUFFER_BYTES = 4_096;
    private static final int LARGEST_KEPT_BUFFER_BYTES = 64 * 1_024;

    private final Path file;

    /** A stream and not a channel: a channel closes for everybody when one thread that writes is interrupted. */
    @GuardedBy("this")
    private final OutputStream output;

    @GuardedBy("this")
    private ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER_BYTES);

    /** Whether a write failed since the last one that did not: then the file may end in the middle of a line. */
    @GuardedBy("this")
    private boolean failed;

    /** @param output appends to {@code file}, without a buffer of its own */
    JsonLinesAuditSink(Path file, OutputStream output) {
        this.file = file;
        this.output = output;
    }

    /**
     * Opens {@code audit/audit.jsonl} under {@code home}, which must be there; what is missing below is made, for its
     * owner's eyes only. A last line that a crash left without its end is ended.
     *
     * @throws AuditException if the file cannot be made or opened
     */
    public static JsonLinesAuditSink open(Path home) {
        Path directory = home.resolve("audit");
        Path file = directory.resolve("audit.jsonl");
        try {
            createDirectory(directory);
            createFile(file);
            JsonLinesAuditSink sink = new JsonLinesAuditSink(file, new FileOutputStream(file.toFile(), true));
            sink.endTornLine();
            return sink;
        } catch (IOException e) {
            throw new AuditException("the audit file " + file + " cannot be opened", e);
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY_PERMISSIONS));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(directory, DIRECTORY_PERMISSIONS);
        }
    }

    private static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE_PERMISSIONS));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, FILE_PERMISSIONS);
        }
    }

    @Override
    public synchronized void write(AuditEvent event) {
        try {
            line.reset();
            EventJson.write(event, UUID.randomUUID().toString(), line);
            line.write('\n');
            if (failed) {
                endTornLine();
            }
            failed = true;
            line.writeTo(output);
            failed = false;
        } catch (IOException | RuntimeException e) {
            throw new AuditException("the audit record could not be written to " + file, e);
        } finally {
            keepSmallBuffer();
        }
    }

    @GuardedBy("this")
    private void keepSmallBuffer() {
        if (line.size() > LARGEST_KEPT_BUFFER_BYTES) {
            line = new ByteArrayOutputStream(BUFFER_BYTES);
        }
    }

    private synchronized void endTornLine() throws IOException {
        if (endsInTheMiddleOfALine()) {
            output.write('\n');
        }
    }

    private boolean endsInTheMiddleOfALine() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return false;
            }
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    @Override
    public synchronized void close() {
        try {
            output.close();
        } catch (IOException e) {
            throw new AuditException("the audit file " + file + " could not be closed", e);
        }
    }
}
