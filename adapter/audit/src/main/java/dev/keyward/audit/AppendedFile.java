package dev.keyward.audit;

import java.io.IOException;

/**
 * A file that grows by whole lines. What a failed write leaves behind is cut off, at the latest before the next line, so
 * that only the end of the process can leave half a line. Used by one thread at a time, but for {@link #sync}.
 */
final class AppendedFile implements AutoCloseable {
    /** How much room a file must have for a write to be worth a try after one has failed. */
    private static final int PROBE_BYTES = 64 * 1_024;

    private final DiskFile file;
    private long length;
    private boolean remains;

    AppendedFile(DiskFile file) {
        this.file = file;
    }

    long length() {
        return length;
    }

    /** Appends a line. If it throws, the file is as before, or will be before the next line is appended. */
    void append(RecordBuffer line) throws IOException {
        clear();
        remains = true;
        try {
            file.write(line.bytes(), line.size(), length);
        } catch (IOException e) {
            clearAfter(e);
            throw e;
        }
        remains = false;
        length += line.size();
    }

    /** Finds out whether there is room, and leaves the file as it is. */
    void probe() throws IOException {
        clear();
        remains = true;
        try {
            file.write(new byte[PROBE_BYTES], PROBE_BYTES, length);
        } catch (IOException e) {
            clearAfter(e);
            throw e;
        }
        clear();
    }

    private void clearAfter(IOException failure) {
        try {
            clear();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    private void clear() throws IOException {
        if (remains) {
            file.truncate(length);
            remains = false;
        }
    }

    /** Makes the disk hold every line that was appended until now. May be called while another thread appends. */
    void sync() throws IOException {
        file.sync();
    }

    /** Takes everything out again and closes the file. */
    void empty() throws IOException {
        length = 0;
        remains = true;
        close();
    }

    /** Closes the file, without what a failed write may have left. */
    @Override
    public void close() throws IOException {
        try {
            clear();
        } finally {
            file.close();
        }
    }
}
