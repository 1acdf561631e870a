package dev.keyward.lifecycle;

import dev.keyward.contract.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request: what it works on and what is to be done once every check has passed. Immutable but for its
 * audit details; used by one thread.
 *
 * @param <R> what it results in
 */
public final class Request<R> {
    /** What is done when nothing speaks against it. May be called again if what it decided by has changed meanwhile. */
    @FunctionalInterface
    public interface Work<R> {
        R perform(Call call, Resources resources);
    }

    /** A rule of one operation about what it works on; asked after the state, and of a dry run too. */
    @FunctionalInterface
    public interface Rule {
        /** Throws the refusal if the rule does not hold. */
        void require(Resources resources);
    }

    /**
     * The call that a piece of work belongs to.
     *
     * @param caller who asks
     * @param now the one time that everything in this call goes by
     * @param details facts for the audit record
     * @param created the ARNs of what it made, for the audit record
     */
    public record Call(Caller caller, Instant now, SequencedMap<String, Object> details, List<String> created) {}

    /**
     * What an audit record may show of a request and of what it results in: never plaintext, ciphertext, key bytes or
     * anything else that lets its reader do something.
     *
     * @param parameters members of the request; null to show none
     * @param elements gives members of the result, of an operation that changes something
     */
    record Shown<R>(
            @Nullable SequencedMap<String, Object> parameters, Function<R, SequencedMap<String, Object>> elements) {}

    private final Operation operation;
    private final List<Target> targets;
    private final List<Rule> rules;
    private final boolean dryRun;
    private final SequencedMap<String, Object> details;
    private final Shown<R> shown;
    private final Work<R> work;

    private Request(
            Operation operation,
            List<Target> targets,
            List<Rule> rules,
            boolean dryRun,
            SequencedMap<String, Object> details,
            Shown<R> shown,
            Work<R> work) {
        this.operation = operation;
        this.targets = List.copyOf(targets);
        this.rules = List.copyOf(rules);
        this.dryRun = dryRun;
        this.details = details;
        this.shown = shown;
        this.work = work;
    }

    /** Begins a request for that operation. */
    public static Builder of(Operation operation, Caller caller) {
        return new Builder(operation, caller);
    }

    /**
     * The same request, with what its audit record may show.
     *
     * @param parameters the members of the request that hold nothing secret
     * @param elements gives the members of its result that hold nothing secret
     */
    public Request<R> showing(
            SequencedMap<String, Object> parameters, Function<R, SequencedMap<String, Object>> elements) {
        return new Request<>(operation, targets, rules, dryRun, details, new Shown<>(parameters, elements), work);
    }

    Operation operation() {
        return operation;
    }

    List<Target> targets() {
        return targets;
    }

    List<Rule> rules() {
        return rules;
    }

    boolean isDryRun() {
        return dryRun;
    }

    SequencedMap<String, Object> details() {
        return details;
    }

    Shown<R> shown() {
        return shown;
    }

    R perform(Call call, Resources resources) {
        return work.perform(call, resources);
    }

    /** Puts a request together. Not thread-safe. */
    public static final class Builder {
        private final Operation operation;
        private final Caller caller;
        private final List<Target> targets = new ArrayList<>(2);
        private final List<Rule> rules = new ArrayList<>(2);
        private final SequencedMap<String, Object> details = new LinkedHashMap<>();
        private boolean dryRun;

        private Builder(Operation operation, Caller caller) {
            this.operation = operation;
            this.caller = caller;
        }

        /** Works on the key that a {@code KeyId} member names. */
        public Builder onKey(String keyId) {
            return onKey(keyId, EncryptionContext.EMPTY);
        }

        /** Works on the key that a {@code KeyId} member names, under an encryption context. */
        public Builder onKey(String keyId, EncryptionContext context) {
            return onKey(keyId, context, operation.action());
        }

        /** Works on a key under an encryption context, as an action with a name of its own. */
        public Builder onKey(String keyId, EncryptionContext context, String action) {
            targets.add(new Target.Key(action, reference(keyId), context));
            return this;
        }

        /** Works on the key that a ciphertext names. */
        public Builder onCiphertext(byte[] blob, @Nullable String keyId, EncryptionContext context, String action) {
            KeyReference expected = keyId == null ? null : reference(keyId);
            targets.add(new Target.Ciphertext(action, blob, expected, context));
            return this;
        }

        /** Works on an alias that must exist. */
        public Builder onAlias(String name) {
            targets.add(new Target.Alias(operation.action(), name, true));
            return this;
        }

        /** Works on an alias that is to be made. */
        public Builder onNewAlias(String name) {
            targets.add(new Target.Alias(operation.action(), name, false));
            return this;
        }

        /** Is refused unless the rule holds. */
        public Builder requires(Rule rule) {
            rules.add(rule);
            return this;
        }

        /** Only asks whether it would succeed. */
        public Builder dryRun(@Nullable Boolean asked) {
            dryRun = Boolean.TRUE.equals(asked);
            return this;
        }

        /** Adds a fact to the audit record; null adds nothing. */
        public Builder detail(String name, @Nullable Object value) {
            if (value != null) {
                details.put(name, value);
            }
            return this;
        }

        /** Ends with what is to be done. */
        public <R> Request<R> performs(Work<R> work) {
            Shown<R> nothing = new Shown<>(null, result -> new LinkedHashMap<>());
            return new Request<>(operation, targets, rules, dryRun, details, nothing, work);
        }

        private KeyReference reference(String keyId) {
            return KeyReference.parse(keyId, caller.scope(), operation.addressing());
        }
    }
}
