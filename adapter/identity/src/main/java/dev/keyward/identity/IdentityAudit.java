package dev.keyward.identity;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Scope;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records every command that changes identities, however it ends. Thread-safe. */
public final class IdentityAudit {
    private static final String REFUSED = "RefusedCommand";
    private static final String FAILED = "FailedCommand";

    private final AuditSink sink;
    private final InstantSource clock;
    private final Scope scope;
    private final String command;

    /**
     * Begins to record.
     *
     * @param scope the account and Region that the commands belong to
     * @param command what the host's user called
     */
    public IdentityAudit(AuditSink sink, InstantSource clock, Scope scope, String command) {
        this.sink = sink;
        this.clock = clock;
        this.scope = scope;
        this.command = command;
    }

    /**
     * Does something and records it.
     *
     * @param operator who asked for it, on this host
     * @param operation AWS IAM's name of what is done, where it has one
     * @param parameters what may be shown of what was asked
     */
    public <T> T recorded(
            String operator,
            String operation,
            SequencedMap<String, Object> parameters,
            List<String> resources,
            Supplier<T> work) {
        sink.requireWritable();
        Caller caller = Caller.inProcess(scope, new CallerIdentity.Operator(operator), command);
        T result;
        try {
            result = work.get();
        } catch (IdentityException refused) {
            write(caller, operation, parameters, resources, REFUSED, refused);
            throw refused;
        } catch (RuntimeException failed) {
            write(caller, operation, parameters, resources, FAILED, failed);
            throw failed;
        }
        write(caller, operation, parameters, resources, null, null);
        return result;
    }

    private void write(
            Caller caller,
            String operation,
            SequencedMap<String, Object> parameters,
            List<String> resources,
            @Nullable String errorCode,
            @Nullable RuntimeException failure) {
        sink.write(new AuditEvent(
                clock.instant(),
                AuditEvent.Service.IAM,
                scope,
                caller,
                operation,
                AuditEvent.Phase.OUTCOME,
                false,
                parameters,
                null,
                resources,
                errorCode,
                failure == null ? null : failure.getMessage(),
                new LinkedHashMap<>()));
    }
}
