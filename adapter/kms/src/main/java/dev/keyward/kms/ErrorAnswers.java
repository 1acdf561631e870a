package dev.keyward.kms;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Turns a refusal into the body that AWS KMS answers: {@code {"__type": code, "message": text}}. Thread-safe. */
public final class ErrorAnswers {
    private static final JsonFactory JSON = new JsonFactory();

    private ErrorAnswers() {}

    /**
     * The answer for a refusal. A refusal without a message has no message member, and AccessDeniedException alone spells
     * it with a capital, both as recorded from AWS.
     */
    public static WireAnswer of(KeywardException refusal) {
        ErrorCode code = refusal.code();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringProperty("__type", code.awsCode());
            String message = refusal.getMessage();
            if (message != null) {
                json.writeStringProperty(code == ErrorCode.ACCESS_DENIED ? "Message" : "message", message);
            }
            json.writeEndObject();
        }
        return new WireAnswer(code.httpStatus(), text.toString().getBytes(StandardCharsets.UTF_8), code.awsCode());
    }
}
