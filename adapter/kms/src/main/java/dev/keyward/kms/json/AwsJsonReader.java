package dev.keyward.kms.json;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one request from AWS JSON 1.1. Strict: what is not exactly a JSON object of the expected types is refused, and
 * so is a member that the shape does not have. A member that is {@code null} counts as absent. No message shows
 * anything of a value. {@link #read} is thread-safe; an instance serves one request.
 */
public final class AwsJsonReader {
    /** Twice what the largest request can need: a key policy of 128 Ki characters, each written as an escape. */
    static final int MAXIMUM_BODY_BYTES = 2 * 1024 * 1024;

    /** Room for an attestation document of 256 KiB in base64, the longest string of the model. */
    static final int MAXIMUM_STRING_CHARACTERS = 512 * 1024;

    private static final int MAXIMUM_NAME_CHARACTERS = 32 * 1024;
    private static final int MAXIMUM_NUMBER_CHARACTERS = 64;
    private static final int MAXIMUM_DEPTH = 32;

    private static final long FIRST_MILLISECOND =
            Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST_MILLISECOND =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAXIMUM_BODY_BYTES)
                    .maxStringLength(MAXIMUM_STRING_CHARACTERS)
                    .maxNameLength(MAXIMUM_NAME_CHARACTERS)
                    .maxNumberLength(MAXIMUM_NUMBER_CHARACTERS)
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private final JsonParser json;
    private @Nullable String unknownMember;

    private AwsJsonReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a request.
     *
     * @param body the JSON text in UTF-8; no bytes at all stand for {@code {}}
     * @return an object of the SDK's class that the shape was made from
     * @throws KeywardException with {@link ErrorCode#SERIALIZATION} for what is not JSON or of another type, or {@link
     *     ErrorCode#VALIDATION} for a well-formed body with an unknown member, which it names
     */
    public static SdkPojo read(byte[] body, Shape.Structure request) {
        if (body.length == 0) {
            return build(request.builder().get());
        }
        // Jackson asks for the limit when it refills its buffer, and a body is all in it from the start.
        if (body.length > MAXIMUM_BODY_BYTES) {
            throw malformed("The request body is too large.");
        }
        if (!StrictText.isUtf8(body)) {
            throw malformed("The request body is not valid UTF-8.");
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            return new AwsJsonReader(json).document(request);
        } catch (StreamConstraintsException _) {
            throw malformed("The request body is nested too deeply, or has a value that is too long.");
        } catch (JacksonException _) {
            throw malformed("The request body is not well-formed JSON.");
        }
    }

    private SdkPojo document(Shape.Structure request) {
        expect(json.nextToken() == JsonToken.START_OBJECT, "The request body", "a JSON object");
        SdkPojo value = structure(request);
        if (json.nextToken() != null) {
            throw malformed("The request body goes on after its end.");
        }
        if (unknownMember != null) {
            throw new KeywardException(ErrorCode.VALIDATION, "Unknown member in the request: " + unknownMember);
        }
        return value;
    }

    private SdkPojo structure(Shape.Structure shape) {
        SdkPojo builder = shape.builder().get();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            Shape.Member member = shape.members().get(name);
            JsonToken token = json.nextToken();
            if (member == null) {
                noteUnknown(shape.path() + name);
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                member.field().set(builder, value(token, member.shape(), name));
            }
        }
        return build(builder);
    }

    /** It is refused only at the end, since a body that is not JSON at all is a matter of its form first. */
    private void noteUnknown(String path) {
        requireWhole(path, "The name of a member");
        if (unknownMember == null) {
            unknownMember = path;
        }
    }

    private Object value(JsonToken token, Shape shape, String name) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(token, scalar, name);
            case Shape.ListOf list -> list(token, list, name);
            case Shape.MapOf map -> map(token, map, name);
            case Shape.Structure structure -> {
                expect(token == JsonToken.START_OBJECT, name, "an object");
                yield structure(structure);
            }
        };
    }

    private List<Object> list(JsonToken token, Shape.ListOf shape, String name) {
        expect(token == JsonToken.START_ARRAY, name, "a list");
        List<Object> elements = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            elements.add(value(next, shape.element(), name));
        }
        return elements;
    }

    private Map<String, Object> map(JsonToken token, Shape.MapOf shape, String name) {
        expect(token == JsonToken.START_OBJECT, name, "an object");
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            entries.put(requireWhole(key, name), value(json.nextToken(), shape.value(), name));
        }
        return entries;
    }

    private Object scalar(JsonToken token, Shape.Scalar shape, String name) {
        return switch (shape) {
            case STRING -> {
                expect(token == JsonToken.VALUE_STRING, name, "a string");
                yield requireWhole(json.getString(), name);
            }
            case INTEGER -> {
                expect(token == JsonToken.VALUE_NUMBER_INT, name, "a 32-bit integer");
                expect(json.getNumberType() == JsonParser.NumberType.INT, name, "a 32-bit integer");
                yield json.getIntValue();
            }
            case BOOLEAN -> {
                expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, name, "true or false");
                yield token == JsonToken.VALUE_TRUE;
            }
            case TIMESTAMP -> timestamp(token, name);
            case BLOB -> blob(token, name);
        };
    }

    /** A double holds the milliseconds of any year up to 9999, and no exponent makes it costly. */
    private Instant timestamp(JsonToken token, String name) {
        expect(token.isNumeric(), name, "a number of seconds since 1970");
        long milliseconds = Math.round(json.getDoubleValue() * 1000);
        boolean sensible = milliseconds >= FIRST_MILLISECOND && milliseconds <= LAST_MILLISECOND;
        expect(sensible, name, "a time of the years 0 to 9999");
        return Instant.ofEpochMilli(milliseconds);
    }

    private SdkBytes blob(JsonToken token, String name) {
        expect(token == JsonToken.VALUE_STRING, name, "base64 in a string");
        byte[] bytes =
                StrictText.decodeBase64(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
        if (bytes == null) {
            throw malformed(name + " is not valid base64.");
        }
        return SdkBytes.fromByteArrayUnsafe(bytes);
    }

    private static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static String requireWhole(String text, String name) {
        if (!StrictText.isWhole(text)) {
            throw malformed(name + " holds half a character.");
        }
        return text;
    }

    private static void expect(boolean met, String name, String expectation) {
        if (!met) {
            throw malformed(name + " is not " + expectation + ".");
        }
    }

    private static KeywardException malformed(String message) {
        return new KeywardException(ErrorCode.SERIALIZATION, message);
    }
}
