package dev.keyward.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a line of the trail: a JSON object whose last member says where in its chain the record stands.
 *
 * <pre>
 * {... ,"integrity":{"chain":"32 hex digits","sequence":17,"previous":"64 hex digits","mac":"64 hex digits"}}
 * </pre>
 *
 * <p>The MAC is computed over all bytes of the line before {@code ,"mac"}, and compared as text, so that there is one
 * right spelling of a line. Immutable and thread-safe.
 *
 * @param chain the id of its chain
 * @param sequence counts the records of a chain, from 0
 * @param previous the MAC of the record before, or {@link #NO_MAC}
 * @param mac the MAC of this one
 * @param signedLength how many bytes of the line the MAC is computed over
 */
record ChainedLine(String chain, long sequence, String previous, String mac, int signedLength) {
    /** Stands for the MAC before the first record. */
    static final String NO_MAC = "0".repeat(2 * EvolvingKey.LENGTH_BYTES);

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern END = Pattern.compile(",\"integrity\":\\{\"chain\":\"([0-9a-f]{32})\","
            + "\"sequence\":(0|[1-9][0-9]{0,17}),\"previous\":\"([0-9a-f]{64})\",\"mac\":\"([0-9a-f]{64})\"}}");
    private static final int LONGEST_END_BYTES = 280;
    private static final int LENGTH_AFTER_SIGNED = ",\"mac\":\"".length() + NO_MAC.length() + "\"}}".length();

    /**
     * Ends a JSON object with its place in a chain, and the line with a line feed.
     *
     * @param line a JSON object, whose last byte is its closing brace
     * @return the MAC
     */
    static String end(RecordBuffer line, String chain, long sequence, String previous, EvolvingKey key) {
        line.truncate(line.size() - 1);
        append(
                line,
                ",\"integrity\":{\"chain\":\"" + chain + "\",\"sequence\":" + sequence + ",\"previous\":\"" + previous
                        + "\"");
        String mac = HEX.formatHex(key.mac(line.bytes(), line.size()));
        append(line, ",\"mac\":\"" + mac + "\"}}\n");
        return mac;
    }

    private static void append(RecordBuffer line, String text) {
        line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What a line, given without its line feed, says of its place; empty if it is not of this form. */
    static Optional<ChainedLine> read(byte[] line) {
        int start = Math.max(0, line.length - LONGEST_END_BYTES);
        Matcher end = END.matcher(new String(line, start, line.length - start, StandardCharsets.ISO_8859_1));
        if (!end.find() || end.end() != line.length - start) {
            return Optional.empty();
        }
        return Optional.of(new ChainedLine(
                end.group(1),
                Long.parseLong(end.group(2)),
                end.group(3),
                end.group(4),
                line.length - LENGTH_AFTER_SIGNED));
    }

    /** Whether the line's MAC is the one that this key makes. */
    boolean isAuthentic(byte[] line, EvolvingKey key) {
        return MessageDigest.isEqual(
                HEX.formatHex(key.mac(line, signedLength)).getBytes(StandardCharsets.US_ASCII),
                mac.getBytes(StandardCharsets.US_ASCII));
    }
}
