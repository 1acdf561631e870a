package dev.keyward.audit;

import dev.keyward.contract.AuditCheckpoint;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What a chain says of itself, between the events that it records: an event of the service, in the same form. */
final class ChainEventJson {
    static final String EVENT_SOURCE = "audit.keyward";
    static final String ROW_CHANGES = "rowChanges";

    /** The events, by their names. */
    enum Name {
        /** The first record of a chain: with the seal that the rest is verified by, and how the trail before it ended. */
        OPEN("OpenAuditChain"),
        /** A place that was sealed: whoever has the token can verify the trail from there. */
        CHECKPOINT("AuditCheckpoint"),
        /** The last record of a chain that ended in order. */
        CLOSE("CloseAuditChain");

        private final String eventName;

        Name(String eventName) {
            this.eventName = eventName;
        }

        String eventName() {
            return eventName;
        }
    }

    private ChainEventJson() {}

    /**
     * Writes the object.
     *
     * @param rowChanges how many changes of rows the database had seen
     * @param ending how the trail ended before this chain; null for not at all
     */
    static void write(
            Name name,
            Instant time,
            long number,
            AuditCheckpoint checkpoint,
            long rowChanges,
            @Nullable Ending ending,
            OutputStream target) {
        try (JsonGenerator json = AsciiJson.generator(target)) {
            json.writeStartObject();
            json.writeStringProperty("eventVersion", EventJson.EVENT_VERSION);
            json.writeStringProperty(
                    "eventTime", time.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringProperty("eventSource", EVENT_SOURCE);
            json.writeStringProperty("eventName", name.eventName());
            json.writeStringProperty("eventID", UUID.randomUUID().toString());
            json.writeBooleanProperty("readOnly", false);
            json.writeStringProperty("eventType", "AwsServiceEvent");
            json.writeStringProperty("eventCategory", "Management");
            json.writeObjectPropertyStart("serviceEventDetails");
            json.writeNumberProperty("number", number);
            json.writeNumberProperty("next", checkpoint.next());
            json.writeStringProperty("previous", checkpoint.previous());
            json.writeNumberProperty(ROW_CHANGES, rowChanges);
            json.writeStringProperty("seal", Base64.getEncoder().encodeToString(checkpoint.seal()));
            if (ending != null) {
                ending.write(json);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
