package dev.keyward.identity.sts;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.RequestOrigin;
import dev.keyward.contract.Scope;
import dev.keyward.contract.WebIdentityUser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The audit record of one request to STS, while it is being filled in. Not thread-safe. */
final class StsRecord {
    private final AuditSink audit;
    private final RequestOrigin origin;
    private final Instant now;
    private final SequencedMap<String, Object> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Object> details = new LinkedHashMap<>();
    private List<String> resources = List.of();
    private @Nullable Caller caller;
    private String operation = "";

    StsRecord(AuditSink audit, RequestOrigin origin, Instant now, @Nullable Caller caller) {
        this.audit = audit;
        this.origin = origin;
        this.now = now;
        this.caller = caller;
    }

    RequestOrigin origin() {
        return origin;
    }

    /** The one time that the request goes by. */
    Instant now() {
        return now;
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void operation(String name) {
        operation = name;
    }

    void wanted(Sessions.Wanted wanted) {
        parameters.put("roleArn", wanted.roleArn());
        parameters.put("roleSessionName", wanted.name());
        parameters.put("durationSeconds", wanted.duration().toSeconds());
        wanted.policies().forEach(policy -> parameters.put("policy", policy.text()));
        resources = List.of(wanted.roleArn());
    }

    void decided(String explanation) {
        details.put("authorization", List.of(explanation));
    }

    /** From here on it is known who sent a request that nobody signed. */
    void vouchedFor(WebIdentityUser identity, Scope scope) {
        caller = new Caller(
                scope,
                identity,
                "",
                origin.sourceAddress(),
                origin.userAgent(),
                origin.requestId(),
                origin.secureTransport());
    }

    /**
     * Writes the record; that of an unknown sender is not kept, so that strangers cannot fill the disk.
     *
     * @param refusal what it was refused by; null for success
     */
    void write(@Nullable StsException refusal) {
        if (caller == null) {
            return;
        }
        audit.write(new AuditEvent(
                now,
                AuditEvent.Service.STS,
                caller.scope(),
                caller,
                operation,
                AuditEvent.Phase.OUTCOME,
                true,
                parameters,
                null,
                resources,
                refusal == null ? null : refusal.error().code(),
                refusal == null ? null : refusal.getMessage(),
                details));
    }
}
