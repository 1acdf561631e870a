package dev.keyward.lifecycle;

import dev.keyward.contract.Caller;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.policy.GrantRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param caller who asks, as it came in
     * @param principal who that is
     * @param now the one time that everything in this call goes by
     * @param details facts for the audit record
     * @param created the ARNs of what it made, for the audit record
     */
    public record Call(
            Caller caller,
            CallingPrincipal principal,
            Instant now,
            SequencedMap<String, Object> details,
            List<String> created) {}

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
    private final Map<String, List<String>> conditions;
    private final GrantRules.@Nullable Terms grantTerms;
    private final boolean dryRun;
    private final SequencedMap<String, Object> details;
    private final Shown<R> shown;
    private final Work<R> work;

    private Request(Builder builder, Shown<R> shown, Work<R> work) {
        this.operation = builder.operation;
        this.targets = List.copyOf(builder.targets);
        this.rules = List.copyOf(builder.rules);
        this.conditions = Map.copyOf(builder.conditions);
        this.grantTerms = builder.grantTerms;
        this.dryRun = builder.dryRun;
        this.details = builder.details;
        this.shown = shown;
        this.work = work;
    }

    private Request(Request<R> other, Shown<R> shown) {
        this.operation = other.operation;
        this.targets = other.targets;
        this.rules = other.rules;
        this.conditions = other.conditions;
        this.grantTerms = other.grantTerms;
        this.dryRun = other.dryRun;
        this.details = other.details;
        this.shown = shown;
        this.work = other.work;
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
        return new Request<>(this, new Shown<>(parameters, elements));
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

    /** The values of condition keys that come from the request's members. */
    Map<String, List<String>> conditions() {
        return conditions;
    }

    /** What the grant that is to be created shall allow; null if none is. */
    GrantRules.@Nullable Terms grantTerms() {
        return grantTerms;
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
        private final Map<String, List<String>> conditions = new HashMap<>();
        private GrantRules.@Nullable Terms grantTerms;
        private final SequencedMap<String, Object> details = new LinkedHashMap<>();
        private boolean dryRun;

        private Builder(Operation operation, Caller caller) {
            this.operation = operation;
            this.caller = caller;
        }

        /** Works on the key that a {@code KeyId} member names. */
        public Builder onKey(String keyId) {
            targets.add(new Target.Key(operation.action(), reference(keyId), null, null));
            return this;
        }

        /** Encrypts by SYMMETRIC_DEFAULT with the key that a {@code KeyId} member names. */
        public Builder onKey(String keyId, EncryptionContext context) {
            return onKey(keyId, EncryptionAlgorithm.SYMMETRIC_DEFAULT.name(), context, operation.action());
        }

        /** Encrypts or decrypts by any algorithm with a key, as an action with a name of its own. */
        public Builder onKey(String keyId, String algorithm, EncryptionContext context, String action) {
            targets.add(new Target.Key(action, reference(keyId), context, algorithm));
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

        /** Works on the key that an alias stands for now, as far as its permission is needed. */
        public Builder onKeyOfAlias(String name) {
            targets.add(new Target.AliasedKey(operation.action(), name));
            return this;
        }

        /** Ends a grant of the key that a {@code KeyId} member names, if the grant itself lets the caller. */
        public Builder onGrantOfKey(String keyId, String grantId) {
            targets.add(new Target.GrantedKey(operation.action(), reference(keyId), grantId));
            return this;
        }

        /** Works on the caller's account, as another action than the operation's. */
        public Builder onAccount(String action) {
            return onAccount(action, "*");
        }

        /** Works on the caller's account, as far as {@code arn} is concerned. */
        public Builder onAccount(String action, String arn) {
            targets.add(new Target.Account(action, arn));
            return this;
        }

        /** Mentions a key of the caller's account without touching it. */
        public Builder mentions(String keyId) {
            targets.add(new Target.Mentioned(operation.action(), reference(keyId)));
            return this;
        }

        /** Tells policies the value of a member; null tells nothing. */
        public Builder condition(ConditionKey key, @Nullable Object value) {
            return conditions(key, value == null ? List.of() : List.of(value.toString()));
        }

        /** Tells policies the values of a member. */
        public Builder conditions(ConditionKey key, List<String> values) {
            conditions.put(key.awsName(), List.copyOf(values));
            return this;
        }

        /** Tells policies the tags that the request brings. */
        public Builder requestTags(Map<String, String> tags) {
            tags.forEach((key, value) -> conditions.put(ConditionKey.REQUEST_TAG.awsName() + key, List.of(value)));
            return conditions(ConditionKey.TAG_KEYS, List.copyOf(tags.keySet()));
        }

        /** Tells policies of an encryption context that is a member and not the context of a target. */
        Builder encryptionContext(Map<String, String> pairs) {
            pairs.forEach(
                    (key, value) -> conditions.put(ConditionKey.ENCRYPTION_CONTEXT.awsName() + key, List.of(value)));
            return conditions(ConditionKey.ENCRYPTION_CONTEXT_KEYS, List.copyOf(pairs.keySet()));
        }

        /** Creates such a grant: whoever may do so by a grant only may not go beyond that one. */
        public Builder creates(Grants.NewGrant grant) {
            grantTerms = grant.terms();
            grant.addConditions(this);
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

        /** Ends with what is to be done. A request that works on no key and no alias works on the caller's account. */
        public <R> Request<R> performs(Work<R> work) {
            if (targets.stream().allMatch(Target.Mentioned.class::isInstance)) {
                onAccount(operation.action());
            }
            return new Request<>(this, new Shown<>(null, result -> new LinkedHashMap<>()), work);
        }

        private KeyReference reference(String keyId) {
            return KeyReference.parse(keyId, caller.scope(), operation.addressing());
        }
    }
}
