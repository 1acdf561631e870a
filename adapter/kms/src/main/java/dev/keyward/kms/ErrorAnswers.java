package dev.keyward.kms;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
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
        ByteArrayOutputStream body = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeStringProperty("__type", code.awsCode());
            String message = refusal.getMessage();
            if (message != null) {
                json.writeStringProperty(code == ErrorCode.ACCESS_DENIED ? "Message" : "message", message);
            }
            json.writeEndObject();
        }
        return new WireAnswer(code.httpStatus(), body.toByteArray(), code.awsCode());
    }
}
