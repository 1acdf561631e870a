package dev.keyward.audit;

import dev.keyward.contract.AuditCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a chain said of itself, read back from a line. Immutable and thread-safe.
 *
 * @param name which event
 * @param number the chain's number
 * @param checkpoint the place that was sealed
 * @param rowChanges how many changes of rows the database had seen by then
 * @param ending how the trail had ended before; null for not at all
 */
record ChainEvent(
        ChainEventJson.Name name,
        long number,
        AuditCheckpoint checkpoint,
        long rowChanges,
        @Nullable Ending ending) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] SOURCE =
            ("\"eventSource\":\"" + ChainEventJson.EVENT_SOURCE + "\"").getBytes(StandardCharsets.US_ASCII);

    /** The event in a line; empty if the line is not one of a chain. */
    static Optional<ChainEvent> read(byte[] line) {
        if (!mayBe(line)) {
            return Optional.empty();
        }
        try {
            JsonNode event = JSON.readTree(line);
            for (ChainEventJson.Name name : ChainEventJson.Name.values()) {
                if (ChainEventJson.EVENT_SOURCE.equals(event.path("eventSource").asString(""))
                        && name.eventName().equals(event.path("eventName").asString(""))) {
                    return Optional.of(of(name, event.path("serviceEventDetails")));
                }
            }
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the last such event in files says of the database; 0 if there is none. */
    static long lastRowChanges(List<TrailFile> files) throws IOException {
        for (TrailFile file : files.reversed()) {
            long found = -1;
            try (LineReader lines = new LineReader(file.path())) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    found = read(line).map(ChainEvent::rowChanges).orElse(found);
                }
            }
            if (found >= 0) {
                return found;
            }
        }
        return 0;
    }

    private static ChainEvent of(ChainEventJson.Name name, JsonNode details) {
        AuditCheckpoint checkpoint = new AuditCheckpoint(
                details.path("next").asLong(-1),
                details.path("previous").asString(""),
                name == ChainEventJson.Name.CLOSE,
                Base64.getDecoder().decode(details.path("seal").asString("")));
        return new ChainEvent(
                name,
                details.path("number").asLong(-1),
                checkpoint,
                details.path(ChainEventJson.ROW_CHANGES).asLong(0),
                Ending.read(details).orElse(null));
    }

    /** Most lines are not, and to read them would take most of the time: the member stands near their beginning. */
    private static boolean mayBe(byte[] line) {
        int end = Math.min(line.length, 160) - SOURCE.length;
        for (int start = 0; start <= end; start++) {
            if (Arrays.equals(line, start, start + SOURCE.length, SOURCE, 0, SOURCE.length)) {
                return true;
            }
        }
        return false;
    }
}
