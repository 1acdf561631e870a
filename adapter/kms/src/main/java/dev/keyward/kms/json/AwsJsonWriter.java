package dev.keyward.kms.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an object of the AWS SDK as AWS JSON 1.1: blobs in base64, times as seconds since 1970 with their
 * milliseconds, and nothing for a member that is not set. Thread-safe.
 */
public final class AwsJsonWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MILLISECOND_DIGITS = 3;

    private AwsJsonWriter() {}

    /** The object as JSON text in UTF-8. */
    public static byte[] write(SdkPojo object) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            writeStructure(json, object);
        }
        return text.toByteArray();
    }

    private static void writeStructure(JsonGenerator json, SdkPojo object) {
        json.writeStartObject();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (isSet(value)) {
                json.writeName(field.locationName());
                writeValue(json, value);
            }
        }
        json.writeEndObject();
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    private static void writeValue(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Instant time -> json.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), MILLISECOND_DIGITS));
            case SdkBytes bytes -> json.writeBinary(bytes.asByteArrayUnsafe());
            case SdkPojo object -> writeStructure(json, object);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(element -> writeValue(json, element));
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, element) -> {
                    json.writeName((String) name);
                    writeValue(json, element);
                });
                json.writeEndObject();
            }
            default -> throw new IllegalStateException("a type that AWS KMS does not use: " + value.getClass());
        }
    }
}
