package dev.keyward.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, as bytes. Not thread-safe. */
final class LineReader implements AutoCloseable {
    /** Far beyond any record; a line that is longer was not written by this trail, and reading ends before it. */
    private static final int LONGEST_LINE_BYTES = 16 * 1_024 * 1_024;

    private static final int BUFFER_BYTES = 64 * 1_024;

    private final InputStream input;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int start;
    private int end;
    private byte[] rest = {};
    private long number;

    LineReader(Path file) throws IOException {
        input = Files.newInputStream(file);
    }

    /** The next line without its line feed; null at the end, where {@link #rest} has what stands there without one. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        do {
            int feed = start;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            line.write(buffer, start, feed - start);
            if (feed < end) {
                start = feed + 1;
                number++;
                return line.toByteArray();
            }
        } while (line.size() < LONGEST_LINE_BYTES && fill());
        rest = line.toByteArray();
        return null;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, input.read(buffer));
        return end > 0;
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
