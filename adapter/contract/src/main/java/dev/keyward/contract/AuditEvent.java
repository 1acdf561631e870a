package dev.keyward.contract;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked for by an authenticated request, or that the service did by itself, and how it ended. It
 * never holds plaintext, ciphertext or key bytes. Immutable and thread-safe, as far as its maps are not changed.
 *
 * <p>The values in its maps are texts, numbers, booleans, instants, enum constants, and collections and maps of such.
 *
 * @param id unique for each record
 * @param time when the request arrived, or the service acted
 * @param service which service was asked
 * @param scope the account that signed and the Region it signed for, or those of the key that the service worked on
 * @param caller who asked; null for what the service does by itself
 * @param operation AWS's name of the operation, or what was sent in its place
 * @param phase whether this is about to be done, or has ended
 * @param readOnly whether the operation changes nothing; null where the operation is unknown
 * @param requestParameters the members of the request that may be shown; null where it was not understood
 * @param responseElements the members of the answer that may be shown, of an operation that changes something; null for
 *     none
 * @param resources the ARNs of the keys and aliases that the request was resolved to, or that it made
 * @param errorCode the AWS code of a refusal or failure; null for success
 * @param errorMessage the message that the client was answered with; null for none
 * @param details facts that belong to this operation, such as the key material used and what the decision was made by
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">
 *     CloudTrail record contents</a>
 */
public record AuditEvent(
        String id,
        Instant time,
        Service service,
        Scope scope,
        @Nullable Caller caller,
        String operation,
        Phase phase,
        @Nullable Boolean readOnly,
        @Nullable SequencedMap<String, Object> requestParameters,
        @Nullable SequencedMap<String, Object> responseElements,
        List<String> resources,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        SequencedMap<String, Object> details) {
    /** With an id of its own. */
    public AuditEvent(
            Instant time,
            Service service,
            Scope scope,
            @Nullable Caller caller,
            String operation,
            Phase phase,
            @Nullable Boolean readOnly,
            @Nullable SequencedMap<String, Object> requestParameters,
            @Nullable SequencedMap<String, Object> responseElements,
            List<String> resources,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            SequencedMap<String, Object> details) {
        this(
                drawId(),
                time,
                service,
                scope,
                caller,
                operation,
                phase,
                readOnly,
                requestParameters,
                responseElements,
                resources,
                errorCode,
                errorMessage,
                details);
    }

    /** Of AWS KMS, with an id of its own. */
    public AuditEvent(
            Instant time,
            Scope scope,
            @Nullable Caller caller,
            String operation,
            Phase phase,
            @Nullable Boolean readOnly,
            @Nullable SequencedMap<String, Object> requestParameters,
            @Nullable SequencedMap<String, Object> responseElements,
            List<String> resources,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            SequencedMap<String, Object> details) {
        this(
                time,
                Service.KMS,
                scope,
                caller,
                operation,
                phase,
                readOnly,
                requestParameters,
                responseElements,
                resources,
                errorCode,
                errorMessage,
                details);
    }

    /** Unique, and not secret: a random UUID without asking the operating system for each. */
    private static String drawId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L; // version 4
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62); // the variant of RFC 9562
        return new UUID(high, low).toString();
    }

    /** The service that was asked, by the name that CloudTrail knows it by. */
    public enum Service {
        KMS("kms.amazonaws.com"),
        STS("sts.amazonaws.com"),
        /** Users, roles and access keys, which commands change. */
        IAM("iam.amazonaws.com"),
        /** What a command does to an installation. */
        KEYWARD("keyward");

        private final String eventSource;

        Service(String eventSource) {
            this.eventSource = eventSource;
        }

        /** CloudTrail's {@code eventSource}. */
        public String eventSource() {
            return eventSource;
        }
    }

    /** Which of the at most two records of an act this is. */
    public enum Phase {
        /** It is about to be done and cannot be undone: the record is on disk before the act begins. */
        INTENT,
        /** It has ended, one way or the other. */
        OUTCOME
    }
}
