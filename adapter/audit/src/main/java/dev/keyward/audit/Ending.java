package dev.keyward.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How the trail ended when a new chain begins: its last record, and what a crash left after it in the middle of a line.
 * The new chain's first record says so, and so nothing of it can be changed later. Immutable and thread-safe.
 *
 * @param file the name of the last file
 * @param mac the MAC of the last whole record of that file; null if it has none
 * @param tornBytes how many bytes stand after the last line feed
 * @param tornHash their SHA-256; null if there are none
 */
record Ending(
        String file,
        @Nullable String mac,
        long tornBytes,
        @Nullable String tornHash) {
    private static final int LONGEST_END_BYTES = 16 * 1_024 * 1_024;
    private static final String MEMBER = "ended";

    /** How the trail in a directory ends; null if there is none. */
    static @Nullable Ending of(Path directory) throws IOException {
        List<TrailFile> files = TrailFile.list(directory);
        return files.isEmpty() ? null : of(files.getLast());
    }

    private static Ending of(TrailFile file) throws IOException {
        byte[] end = end(file.path());
        int afterLines = lastLineFeed(end, end.length) + 1;
        byte[] torn = Arrays.copyOfRange(end, afterLines, end.length);
        return of(file, lastLine(end, afterLines), torn);
    }

    /** How a file ends whose last whole line and rest are these. */
    static Ending of(TrailFile file, byte @Nullable [] lastLine, byte[] torn) {
        String mac = lastLine == null
                ? null
                : ChainedLine.read(lastLine).map(ChainedLine::mac).orElse(null);
        return new Ending(file.name(), mac, torn.length, torn.length == 0 ? null : sha256(torn));
    }

    private static byte[] end(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), LONGEST_END_BYTES)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return end;
        }
    }

    private static byte @Nullable [] lastLine(byte[] end, int afterLines) {
        return afterLines == 0 ? null : Arrays.copyOfRange(end, lastLineFeed(end, afterLines - 1) + 1, afterLines - 1);
    }

    private static int lastLineFeed(byte[] bytes, int before) {
        int index = before - 1;
        while (index >= 0 && bytes[index] != '\n') {
            index--;
        }
        return index;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How it reads in a sentence. */
    String description() {
        return file
                + (mac == null ? " without a record" : " and the record of MAC " + mac.substring(0, 8) + "...")
                + (tornBytes == 0 ? "" : ", " + tornBytes + " bytes into the next");
    }

    /** Writes it as a member of the object that was begun. */
    void write(JsonGenerator json) {
        json.writeObjectPropertyStart(MEMBER);
        json.writeStringProperty("file", file);
        if (mac != null) {
            json.writeStringProperty("mac", mac);
        }
        if (tornHash != null) {
            json.writeNumberProperty("tornBytes", tornBytes);
            json.writeStringProperty("tornSha256", tornHash);
        }
        json.writeEndObject();
    }

    /** What {@link #write} wrote; empty if it was not written. */
    static Optional<Ending> read(JsonNode object) {
        JsonNode ended = object.get(MEMBER);
        return ended == null
                ? Optional.empty()
                : Optional.of(new Ending(
                        ended.path("file").asString(""),
                        text(ended, "mac"),
                        ended.path("tornBytes").asLong(0),
                        text(ended, "tornSha256")));
    }

    private static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value == null ? null : value.asString();
    }
}
