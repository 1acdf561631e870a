package dev.keyward.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the records of a trail somewhere else. It reads them from the trail's files, so those are its queue: however long
 * the other place does not answer, no request waits and no record is lost. How far it has come is kept in a file beside
 * them, so after a restart it goes on there; a record may be sent twice, and is recognised by its {@code eventID}. Used by
 * one thread.
 */
public final class Forwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final int MOST_LINES = 256;
    private static final int READ_BYTES = 2 * 1_024 * 1_024;

    private final Path directory;
    private final ForwardTarget target;
    private boolean failing;

    Forwarder(Path directory, ForwardTarget target) {
        this.directory = directory;
        this.target = target;
    }

    /** Forwards the trail of a home. */
    public static Forwarder of(Path home, ForwardSettings settings) {
        return new Forwarder(AuditTrail.directory(home), settings.target());
    }

    /** Sends every record that has not been sent. What fails is logged once, and tried again the next time. */
    public void forward() {
        try {
            while (sendNext()) {
                recovered();
            }
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "audit records cannot be forwarded to {}, which will be tried again: {}", target, e.toString());
            }
            failing = true;
        }
    }

    private void recovered() {
        if (failing) {
            LOG.warn("audit records are forwarded to {} again", target);
            failing = false;
        }
    }

    /** Sends the next few records; false if there are none. */
    private boolean sendNext() throws IOException {
        Position position = position();
        List<TrailFile> files = TrailFile.list(directory).stream()
                .filter(file -> position.isNotBehind(file))
                .toList();
        for (TrailFile file : files) {
            long start = position.in(file);
            List<byte[]> lines = lines(file, start);
            if (!lines.isEmpty()) {
                target.send(lines);
                long sent = lines.stream().mapToLong(line -> line.length + 1L).sum();
                keep(new Position(file.chain(), file.first(), start + sent));
                return true;
            }
        }
        return false;
    }

    /** Whole lines from there on. Half a line at the end of a file is none, and the next file's turn comes without it. */
    private static List<byte[]> lines(TrailFile file, long start) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        try (RandomAccessFile reader = new RandomAccessFile(file.path().toFile(), "r")) {
            byte[] bytes = new byte[Math.clamp(reader.length() - start, 0, READ_BYTES)];
            reader.seek(start);
            reader.readFully(bytes);
            int begin = 0;
            for (int index = 0; index < bytes.length && lines.size() < MOST_LINES; index++) {
                if (bytes[index] == '\n') {
                    lines.add(Arrays.copyOfRange(bytes, begin, index));
                    begin = index + 1;
                }
            }
        }
        return lines;
    }

    /**
     * How far the trail has been sent.
     *
     * @param chain the file's chain
     * @param first the file's first record
     * @param offset how many bytes of that file
     */
    private record Position(long chain, long first, long offset) {
        boolean isNotBehind(TrailFile file) {
            return file.chain() > chain || (file.chain() == chain && file.first() >= first);
        }

        long in(TrailFile file) {
            return file.chain() == chain && file.first() == first ? offset : 0;
        }
    }

    private Path positionFile() {
        return directory.resolve("forwarded");
    }

    private Position position() throws IOException {
        if (!Files.exists(positionFile())) {
            return new Position(0, 0, 0);
        }
        String[] parts = Files.readString(positionFile(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        try {
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(positionFile() + " does not say how far the trail was forwarded", e);
        }
    }

    private void keep(Position position) throws IOException {
        Path written = directory.resolve("forwarded.new");
        Files.deleteIfExists(written);
        Files.createFile(written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = position.chain() + " " + position.first() + " " + position.offset() + "\n";
        Files.writeString(written, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(written, positionFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the connection. */
    @Override
    public void close() {
        target.close();
    }
}
