package dev.keyward.audit;

import dev.keyward.contract.AuditCheckpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
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
 * @param ending how the trail had ended before; null for not at all
 */
record ChainEvent(
        ChainEventJson.Name name,
        long number,
        AuditCheckpoint checkpoint,
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
