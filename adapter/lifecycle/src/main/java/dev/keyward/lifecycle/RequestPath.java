package dev.keyward.lifecycle;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.StoreException;
import dev.keyward.lifecycle.Operation.Kind;
import dev.keyward.lifecycle.Request.Call;
import dev.keyward.policy.PrincipalPolicies;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way that every request of every door takes, once it is known who sent it: open an audit record, form the
 * request, admit, resolve, authorize, check, perform, close the record with the outcome. Every refusal and every failure
 * is an outcome too. Thread-safe.
 */
public final class RequestPath {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPath.class);

    /** How often a decision is made anew because what it was made by has changed meanwhile. */
    private static final int ATTEMPTS = 20;

    private final InstantSource clock;
    private final Resolver resolver;
    private final Authorizer authorizer;
    private final KeyGate gate;
    private final AuditSink audit;
    private final KeyUsages usages;

    RequestPath(
            InstantSource clock,
            Resolver resolver,
            Authorizer authorizer,
            KeyGate gate,
            AuditSink audit,
            KeyUsages usages) {
        this.clock = clock;
        this.resolver = resolver;
        this.authorizer = authorizer;
        this.gate = gate;
        this.audit = audit;
        this.usages = usages;
    }

    /**
     * Takes a request from its sender to its outcome.
     *
     * @param caller who sent it
     * @param operationName what was asked for, as it was sent; an unknown name is refused by {@code form}
     * @param form reads and validates the request; what it refuses is audited like any other refusal
     * @return what the request results in; its audit record is written
     * @throws KeywardException for every refusal and failure; its audit record is written
     */
    public <R> R handle(Caller caller, String operationName, Supplier<Request<R>> form) {
        OpenRecord open = new OpenRecord(caller, operationName, clock.instant());
        R result;
        try {
            audit.requireWritable();
            Request<R> request = form.get();
            open.details = request.details();
            open.requestParameters = request.shown().parameters();
            result = decideAndPerform(caller, request, open);
            open.responseElements =
                    open.changed(() -> request.shown().elements().apply(result));
        } catch (RuntimeException failure) {
            throw close(open, Refusals.of(failure));
        }
        KeywardException unrecorded = write(open, null);
        if (unrecorded != null) {
            throw unrecorded;
        }
        open.uses().forEach(usages::note);
        return result;
    }

    private <R> R decideAndPerform(Caller caller, Request<R> request, OpenRecord open) {
        for (int attempt = 1; ; attempt++) {
            try {
                return decideAndPerformOnce(caller, request, open);
            } catch (StoreException failure) {
                if (failure.reason() != StoreException.Reason.STALE || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private <R> R decideAndPerformOnce(Caller caller, Request<R> request, OpenRecord open) {
        List<String> decisions = new ArrayList<>(2);
        request.details().put("authorization", decisions);
        for (Target target : request.targets()) {
            authorizer.admit(caller, request.operation(), target).ifPresent(verdict -> follow(verdict, decisions));
        }
        List<KeyId> ids = resolver.keyIds(caller, request.targets());
        try (KeyGate.Place _ = gate.enter(ids, request.operation().gate())) {
            PrincipalPolicies principal = authorizer.principal(caller);
            Call call = new Call(caller, principal.principal(), clock.instant(), request.details(), open.created);
            Instant now = call.now();
            Resources resources = resolver.resolve(caller, request.targets(), now);
            open.resources = resources;
            authorize(call, principal, request, resources, decisions);
            requireSameKeys(ids, resources);
            for (Resources.WorkedOn one : resources.workedOn()) {
                KeyChecks.refusal(request.operation(), one.action(), one.key(), KeyStates.of(one.key(), now))
                        .ifPresent(refusal -> {
                            throw refusal;
                        });
            }
            for (Request.Rule rule : request.rules()) {
                rule.require(resources);
            }
            if (request.isDryRun()) {
                throw new KeywardException(
                        ErrorCode.DRY_RUN_OPERATION, "The request would have succeeded, but the DryRun option is set.");
            }
            if (request.operation().isIrreversible()) {
                audit.write(open.event(AuditEvent.Phase.INTENT, null));
            }
            return request.perform(call, resources);
        }
    }

    /** Every target must be allowed. The audit record says of each what decided. */
    private void authorize(
            Call call, PrincipalPolicies principal, Request<?> request, Resources resources, List<String> decisions) {
        for (Resources.Resolved resource : resources.all()) {
            authorizer
                    .decide(call, principal, request, resources, resource)
                    .ifPresent(verdict -> follow(verdict, decisions));
            Resolver.requireNamedKey(resource);
        }
    }

    private static void follow(Authorizer.Verdict verdict, List<String> decisions) {
        decisions.add(verdict.explanation());
        if (verdict.refusal() != null) {
            throw verdict.refusal();
        }
    }

    /** An alias may have been pointed elsewhere between the look at its key's gate and the look at the key. */
    private static void requireSameKeys(List<KeyId> ids, Resources resources) {
        if (!resources.keys().stream().map(KeyRecord::id).toList().equals(ids)) {
            throw new StoreException(StoreException.Reason.STALE, "an alias was moved meanwhile");
        }
    }

    private KeywardException close(OpenRecord open, KeywardException refusal) {
        if (refusal.code() == ErrorCode.INTERNAL || refusal.code() == ErrorCode.KEY_UNAVAILABLE) {
            LOG.error(
                    "{} {} failed: {}",
                    open.operationName,
                    open.caller.requestId(),
                    refusal.code().awsCode(),
                    refusal.getCause());
        }
        if (refusal.getCause() instanceof StoreException store
                && store.reason() == StoreException.Reason.NOT_AUTHENTIC) {
            open.details.put("refusedRow", store.getMessage());
        }
        KeywardException unrecorded = write(open, refusal);
        return unrecorded == null ? refusal : unrecorded;
    }

    /** Writes the record; the refusal to answer instead if that fails, since nothing is answered unrecorded. */
    private @Nullable KeywardException write(OpenRecord open, @Nullable KeywardException refusal) {
        try {
            AuditEvent event = open.event(AuditEvent.Phase.OUTCOME, refusal);
            audit.write(event);
            open.eventId = event.id();
            return null;
        } catch (RuntimeException failure) {
            LOG.error("{} {} could not be recorded", open.operationName, open.caller.requestId(), failure);
            return Refusals.of(failure);
        }
    }

    /** An audit record that is still being filled in. */
    private static final class OpenRecord {
        private final Caller caller;
        private final String operationName;
        private final @Nullable Operation operation;
        private final Instant arrived;
        private final List<String> created = new ArrayList<>(1);
        private Resources resources = new Resources(List.of());
        private SequencedMap<String, Object> details = new LinkedHashMap<>();
        private @Nullable SequencedMap<String, Object> requestParameters;
        private @Nullable SequencedMap<String, Object> responseElements;
        private String eventId = "";

        OpenRecord(Caller caller, String operationName, Instant arrived) {
            this.caller = caller;
            this.operationName = operationName;
            this.operation = Operation.named(operationName).orElse(null);
            this.arrived = arrived;
        }

        /**
         * What is shown of the answer of an operation that changes something: with it the ARN of the key that was
         * changed, which CloudTrail names even where the answer does not.
         */
        @Nullable
        SequencedMap<String, Object> changed(Supplier<SequencedMap<String, Object>> shown) {
            if (operation == null || operation.kind() == Kind.READS) {
                return null;
            }
            SequencedMap<String, Object> elements = shown.get();
            resources.keys().stream().findFirst().ifPresent(key -> elements.put("keyId", key.arn()));
            return elements.isEmpty() ? null : elements;
        }

        /** What it used, once it has succeeded and is recorded. */
        List<KeyUsageRecord> uses() {
            if (operation == null || !operation.isUse()) {
                return List.of();
            }
            return resources.keys().stream()
                    .map(key -> new KeyUsageRecord(
                            key.scope(), key.id(), operation.awsName(), arrived, eventId, caller.requestId()))
                    .toList();
        }

        AuditEvent event(AuditEvent.Phase phase, @Nullable KeywardException refusal) {
            List<String> arns = new ArrayList<>(resources.arns());
            arns.addAll(created);
            return new AuditEvent(
                    arrived,
                    caller.scope(),
                    caller,
                    operationName,
                    phase,
                    operation == null ? null : operation.kind() == Kind.READS,
                    requestParameters,
                    responseElements,
                    arns,
                    refusal == null ? null : refusal.code().awsCode(),
                    refusal == null ? null : refusal.getMessage(),
                    details);
        }
    }
}
