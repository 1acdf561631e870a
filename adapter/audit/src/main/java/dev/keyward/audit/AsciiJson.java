package dev.keyward.audit;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * JSON on one line, in ASCII. Much of it was sent by strangers, so everything else is escaped: no reader takes an exotic
 * line separator for the end of a record, no terminal obeys a control sequence, and half a surrogate pair can be written.
 */
final class AsciiJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AsciiJson() {}

    /** Writes to {@code target}, which it flushes and closes at its end. */
    static JsonGenerator generator(OutputStream target) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), target);
    }
}
