package dev.keyward.audit;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An audit event as one JSON object in CloudTrail's form. What a stranger chooses freely (the name of the operation, the
 * user agent, the message that quotes a request) is cut to a bound: a trail is not a place to store things.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">
 *     CloudTrail record contents</a>
 */
final class EventJson {
    static final String EVENT_VERSION = "1.11";

    /** How long a text may be that its sender chooses; the rest is left out, and the record says so. */
    static final int LONGEST_FREE_TEXT = 1_024;

    private static final String THE_SERVICE = "AWS Internal";

    private EventJson() {}

    /**
     * Writes the object.
     *
     * @throws IllegalArgumentException if a value is neither text, number, boolean, instant, enum constant nor a
     *     collection or map of such: bytes, for instance, which could be a secret
     */
    static void write(AuditEvent event, OutputStream target) {
        Caller caller = event.caller();
        try (JsonGenerator json = AsciiJson.generator(target)) {
            json.writeStartObject();
            json.writeStringProperty("eventVersion", EVENT_VERSION);
            UserIdentityJson.write(json, event);
            json.writeStringProperty(
                    "eventTime", event.time().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringProperty("eventSource", event.service().eventSource());
            json.writeStringProperty("eventName", bounded(event.operation()));
            json.writeStringProperty("awsRegion", event.scope().region().value());
            json.writeStringProperty("sourceIPAddress", caller == null ? THE_SERVICE : caller.sourceAddress());
            json.writeStringProperty("userAgent", caller == null ? THE_SERVICE : bounded(caller.userAgent()));
            writeIfPresent(json, "errorCode", event.errorCode());
            writeIfPresent(json, "errorMessage", event.errorMessage());
            writeMapOrNull(json, "requestParameters", event.requestParameters());
            writeMapOrNull(json, "responseElements", event.responseElements());
            if (caller != null) {
                writeDetails(json, "additionalEventData", event);
                json.writeStringProperty("requestID", caller.requestId());
            }
            json.writeStringProperty("eventID", event.id());
            if (event.readOnly() != null) {
                json.writeBooleanProperty("readOnly", event.readOnly());
            }
            writeResources(json, event);
            json.writeStringProperty("eventType", caller == null ? "AwsServiceEvent" : "AwsApiCall");
            json.writeBooleanProperty("managementEvent", true);
            json.writeStringProperty(
                    "recipientAccountId", event.scope().account().value());
            if (caller == null) {
                writeDetails(json, "serviceEventDetails", event);
            }
            json.writeStringProperty("eventCategory", "Management");
            json.writeEndObject();
        }
    }

    /** The details, and first among them the phase of an act that has not been done yet. */
    private static void writeDetails(JsonGenerator json, String name, AuditEvent event) {
        boolean intent = event.phase() == AuditEvent.Phase.INTENT;
        if (event.details().isEmpty() && !intent) {
            return;
        }
        json.writeObjectPropertyStart(name);
        if (intent) {
            json.writeStringProperty("phase", event.phase().name());
        }
        writeMembers(json, event.details());
        json.writeEndObject();
    }

    private static void writeResources(JsonGenerator json, AuditEvent event) {
        json.writeArrayPropertyStart("resources");
        for (String arn : event.resources()) {
            ResourceArn named = ResourceArn.of(arn);
            json.writeStartObject();
            json.writeStringProperty("accountId", named.account());
            json.writeStringProperty("type", named.type());
            json.writeStringProperty("ARN", arn);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, bounded(value));
        }
    }

    private static void writeMapOrNull(JsonGenerator json, String name, @Nullable SequencedMap<String, Object> map) {
        json.writeName(name);
        writeValue(json, map);
    }

    private static void writeMembers(JsonGenerator json, Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(String.valueOf(entry.getKey()));
            writeValue(json, entry.getValue());
        }
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Instant instant -> json.writeString(instant.toString());
            case Enum<?> constant -> json.writeString(constant.name());
            case Map<?, ?> map -> {
                json.writeStartObject();
                writeMembers(json, map);
                json.writeEndObject();
            }
            case Collection<?> collection -> {
                json.writeStartArray();
                collection.forEach(element -> writeValue(json, element));
                json.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "an audit record cannot hold a " + value.getClass().getName());
        }
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_FREE_TEXT
                ? text
                : "%s... (%d characters in all)".formatted(text.substring(0, LONGEST_FREE_TEXT), text.length());
    }
}
