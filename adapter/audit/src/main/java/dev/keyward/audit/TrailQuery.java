package dev.keyward.audit;

import dev.keyward.contract.AuditException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds events in a trail. It needs neither token nor store and so cannot tell whether what it finds is what was written:
 * that is {@link TrailVerifier}'s to say. What chains say of themselves is left out. Immutable and thread-safe.
 *
 * @param key a key's id or ARN, or an alias's name or ARN; null for all
 * @param principal a principal's ARN or unique id, or the last part of one, or an access key id; null for all
 * @param operation the name of an operation, in any case; null for all
 * @param since the earliest time; null for the beginning
 * @param until the time before which events must be; null for the end
 */
public record TrailQuery(
        @Nullable String key,
        @Nullable String principal,
        @Nullable String operation,
        @Nullable Instant since,
        @Nullable Instant until) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * An event that was found. Immutable and thread-safe.
     *
     * @param time when the request arrived
     * @param operation what was asked for, as it was sent: it may hold anything
     * @param outcome {@code ok}, the code of an error, or {@code INTENT} for what was about to be done
     * @param principal who asked: an ARN, or the unique id where there is none; {@code -} for the service itself
     * @param resources the ARNs of keys and aliases
     * @param requestId the id of the answer; {@code -} for what nobody asked for
     * @param line the whole line
     */
    public record Found(
            Instant time,
            String operation,
            String outcome,
            String principal,
            List<String> resources,
            String requestId,
            String line) {}

    /**
     * Gives every event that this asks for to {@code found}, in the order in which they were written.
     *
     * @return how many lines could not be read as events
     * @throws AuditException if a file cannot be read
     */
    public long run(List<Path> directories, Consumer<Found> found) {
        long unreadable = 0;
        try {
            List<TrailFile> files = new ArrayList<>();
            for (Path directory : directories) {
                files.addAll(TrailFile.list(directory));
            }
            files.sort(TrailFile.ORDER);
            for (TrailFile file : files) {
                unreadable += run(file, found);
            }
        } catch (IOException e) {
            throw new AuditException("the audit trail cannot be read: " + e.getMessage(), e);
        }
        return unreadable;
    }

    private long run(TrailFile file, Consumer<Found> found) throws IOException {
        long unreadable = 0;
        try (LineReader lines = new LineReader(file.path())) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                try {
                    JsonNode event = JSON.readTree(line);
                    if (isAskedFor(event)) {
                        found.accept(found(event, line));
                    }
                } catch (JacksonException | DateTimeParseException e) {
                    unreadable++;
                }
            }
        }
        return unreadable;
    }

    private boolean isAskedFor(JsonNode event) {
        if (ChainEventJson.EVENT_SOURCE.equals(text(event, "eventSource"))) {
            return false;
        }
        Instant time = Instant.parse(text(event, "eventTime"));
        return (since == null || !time.isBefore(since))
                && (until == null || time.isBefore(until))
                && (operation == null || operation.equalsIgnoreCase(text(event, "eventName")))
                && (principal == null || isBy(event, principal))
                && (key == null || resources(event).stream().anyMatch(arn -> isNamed(arn, key)));
    }

    private static boolean isBy(JsonNode event, String wanted) {
        JsonNode identity = event.path("userIdentity");
        return isNamed(text(identity, "arn"), wanted)
                || isNamed(text(identity, "principalId"), wanted)
                || text(identity, "accessKeyId").equals(wanted);
    }

    /** Whether that is the ARN, or what stands in it after the last {@code :}, or after a {@code /}. */
    private static boolean isNamed(String arn, String wanted) {
        return arn.equals(wanted) || arn.endsWith(":" + wanted) || arn.endsWith("/" + wanted);
    }

    private static Found found(JsonNode event, byte[] line) {
        String error = text(event, "errorCode");
        boolean intent = "INTENT".equals(text(event.path("additionalEventData"), "phase"))
                || "INTENT".equals(text(event.path("serviceEventDetails"), "phase"));
        return new Found(
                Instant.parse(text(event, "eventTime")),
                text(event, "eventName"),
                intent ? "INTENT" : error.isEmpty() ? "ok" : error,
                principal(event.path("userIdentity")),
                resources(event),
                orDash(text(event, "requestID")),
                new String(line, StandardCharsets.ISO_8859_1));
    }

    /** The ARN; the unique id of one that has none, such as whom an identity provider vouches for. */
    private static String principal(JsonNode identity) {
        String arn = text(identity, "arn");
        return orDash(arn.isEmpty() ? text(identity, "principalId") : arn);
    }

    private static List<String> resources(JsonNode event) {
        List<String> arns = new ArrayList<>(2);
        event.path("resources").forEach(resource -> arns.add(text(resource, "ARN")));
        return arns;
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asString("");
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
