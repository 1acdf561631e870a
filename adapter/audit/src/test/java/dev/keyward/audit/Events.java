package dev.keyward.audit;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The events that the tests write. */
final class Events {
    static final Scope SCOPE = new Scope(new AccountId("111122223333"), new Region("us-east-1"));
    static final String KEY_ARN = SCOPE.arn("key/1234abcd-12ab-34cd-56ef-1234567890ab");
    static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789Z");

    private Events() {}

    /** A success with one detail. */
    static AuditEvent success(String requestId, String detail) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("detail", detail);
        return encrypt(requestId, details);
    }

    /** A success with those details. */
    static AuditEvent encrypt(String requestId, SequencedMap<String, Object> details) {
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("keyId", KEY_ARN);
        return new AuditEvent(
                TIME,
                SCOPE,
                new Caller(
                        SCOPE,
                        new CallerIdentity.User("arn:aws:iam::111122223333:user/team/anna", "AIDAANNA"),
                        "AKIAEXAMPLE",
                        "192.0.2.7",
                        "aws-cli/2",
                        requestId,
                        true),
                "Encrypt",
                AuditEvent.Phase.OUTCOME,
                true,
                parameters,
                null,
                List.of(KEY_ARN),
                null,
                null,
                details);
    }

    /** A refusal in which everything that a stranger chooses is {@code text}. */
    static AuditEvent hostile(String text) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put(text, text);
        return new AuditEvent(
                Instant.EPOCH,
                SCOPE,
                new Caller(SCOPE, new CallerIdentity.User(text, text), text, text, text, text, true),
                text,
                AuditEvent.Phase.OUTCOME,
                null,
                details,
                null,
                List.of(text, text),
                "ValidationException",
                text,
                details);
    }

    /** What the service does by itself. */
    static AuditEvent ofTheService(AuditEvent.Phase phase) {
        return new AuditEvent(
                TIME,
                SCOPE,
                null,
                "DeleteKey",
                phase,
                false,
                null,
                null,
                List.of(KEY_ARN),
                null,
                null,
                new LinkedHashMap<>());
    }
}
