package dev.keyward.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, as bytes. Not thread-safe. */
final class LineReader implements AutoCloseable {
    /** Far beyond any record; a line that is longer was not written by this trail. */
    private static final int LONGEST_LINE_BYTES = 16 * 1_024 * 1_024;

    private static final int BUFFER_BYTES = 64 * 1_024;

    private final InputStream input;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] rest = {};
    private long number;

    LineReader(Path file) throws IOException {
        input = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    }

    /** The next line without its line feed; null at the end, where {@link #rest} has what stands there without one. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        for (int next = input.read(); next >= 0; next = input.read()) {
            if (next == '\n') {
                number++;
                return line.toByteArray();
            }
            if (line.size() == LONGEST_LINE_BYTES) {
                break;
            }
            line.write(next);
        }
        rest = line.toByteArray();
        return null;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** What stands after the last line feed. */
    byte[] rest() {
        return rest;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
