package dev.keyward.audit;

import dev.keyward.contract.AuditEvent;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * An audit event as one JSON object on one line, its fields named as CloudTrail names them. Much of it was sent by
 * strangers, so everything outside ASCII is escaped: no reader takes an exotic line separator for the end of a record, no
 * terminal obeys a control sequence, and half a surrogate pair can be written.
 */
final class EventJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EventJson() {}

    /**
     * Writes the object, without the end of the line.
     *
     * @throws IllegalArgumentException if a detail is neither text, number, boolean, instant, enum constant nor a
     *     collection or map of such: bytes, for instance, which could be a secret
     */
    static void write(AuditEvent event, OutputStream target) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), target)) {
            json.writeStartObject();
            json.writeStringProperty("eventTime", event.time().toString());
            json.writeStringProperty("eventName", event.operation());
            json.writeStringProperty("requestID", event.requestId());
            json.writeStringProperty("awsRegion", event.scope().region().value());
            json.writeStringProperty(
                    "recipientAccountId", event.scope().account().value());
            writeIdentity(json, event);
            json.writeStringProperty("sourceIPAddress", event.sourceAddress());
            if (event.readOnly() != null) {
                json.writeBooleanProperty("readOnly", event.readOnly());
            }
            writeResources(json, event);
            writeIfPresent(json, "errorCode", event.errorCode());
            writeIfPresent(json, "errorMessage", event.errorMessage());
            if (!event.details().isEmpty()) {
                json.writeName("additionalEventData");
                writeMap(json, event.details());
            }
            json.writeEndObject();
        }
    }

    private static void writeIdentity(JsonGenerator json, AuditEvent event) {
        json.writeObjectPropertyStart("userIdentity");
        json.writeStringProperty("arn", event.principalArn());
        json.writeStringProperty("accountId", event.scope().account().value());
        json.writeStringProperty("accessKeyId", event.accessKeyId());
        json.writeEndObject();
    }

    private static void writeResources(JsonGenerator json, AuditEvent event) {
        json.writeArrayPropertyStart("resources");
        for (String arn : event.resources()) {
            json.writeStartObject();
            json.writeStringProperty("ARN", arn);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map) {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(String.valueOf(entry.getKey()));
            writeValue(json, entry.getValue());
        }
        json.writeEndObject();
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
            case Map<?, ?> map -> writeMap(json, map);
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
}
