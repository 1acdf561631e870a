package dev.keyward.lifecycle;

import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Page;
import dev.keyward.contract.TemporarySession;
import dev.keyward.lifecycle.Request.Call;
import dev.keyward.policy.RequestContext;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells policies what they may ask of a request. Thread-safe. */
final class Conditions {
    private static final String IN_PROCESS = "in-process";
    private static final String NO = "false";

    /** Those that tell whether a service asks on behalf of one of its resources. */
    private static final Set<Operation> GRANT_OPERATIONS =
            EnumSet.of(Operation.CREATE_GRANT, Operation.LIST_GRANTS, Operation.REVOKE_GRANT);

    /** Those that ask how long a key has not been used: they end its use. */
    private static final Set<Operation> ENDING_USE = EnumSet.of(Operation.DISABLE_KEY, Operation.SCHEDULE_KEY_DELETION);

    private final MetadataStore store;
    private final KeyUsages usages;

    Conditions(MetadataStore store, KeyUsages usages) {
        this.store = store;
        this.usages = usages;
    }

    /** The condition keys of one target of a request. */
    RequestContext of(Call call, Request<?> request, Resources resources, Resources.Resolved one) {
        return RequestContext.whenAsked(() -> {
            RequestContext.Builder context = RequestContext.builder();
            addCaller(context, call);
            KeyRecord key = one.key();
            if (key != null) {
                addKey(context, key);
                if (ENDING_USE.contains(request.operation())) {
                    context.addWhenAsked(
                            ConditionKey.TRAILING_DAYS_WITHOUT_KEY_USAGE.awsName(),
                            () -> List.of(Long.toString(usages.daysWithoutUse(key, call.now()))));
                }
            }
            addUse(context, request, resources, one);
            request.conditions().forEach(context::addAll);
            return context;
        });
    }

    private static void addCaller(RequestContext.Builder context, Call call) {
        Caller caller = call.caller();
        CallingPrincipal principal = call.principal();
        add(context, ConditionKey.PRINCIPAL_ACCOUNT, principal.account().value());
        add(context, ConditionKey.CALLER_ACCOUNT, principal.account().value());
        add(context, ConditionKey.PRINCIPAL_ARN, principal.identityArn());
        add(context, ConditionKey.PRINCIPAL_IS_AWS_SERVICE, NO);
        context.addPairs(ConditionKey.PRINCIPAL_TAG.awsName(), principal.tags());
        add(context, ConditionKey.USER_ID, principal.userId());
        switch (principal) {
            case CallingPrincipal.RootUser _ -> add(context, ConditionKey.PRINCIPAL_TYPE, "Account");
            case CallingPrincipal.User user -> {
                add(context, ConditionKey.PRINCIPAL_TYPE, "User");
                add(context, ConditionKey.USER_NAME, user.name());
            }
            case CallingPrincipal.RoleSession _ -> add(context, ConditionKey.PRINCIPAL_TYPE, "AssumedRole");
        }
        TemporarySession session = caller.session();
        if (session != null) {
            add(context, ConditionKey.TOKEN_ISSUE_TIME, session.begunAt().toString());
        }
        if (!caller.sourceAddress().equals(IN_PROCESS)) {
            add(context, ConditionKey.SOURCE_IP, caller.sourceAddress());
        }
        add(context, ConditionKey.SECURE_TRANSPORT, Boolean.toString(caller.secureTransport()));
        if (!caller.userAgent().isEmpty()) {
            add(context, ConditionKey.USER_AGENT, caller.userAgent());
        }
        add(context, ConditionKey.VIA_AWS_SERVICE, NO);
        add(context, ConditionKey.REQUESTED_REGION, caller.scope().region().value());
        add(
                context,
                ConditionKey.CURRENT_TIME,
                call.now().truncatedTo(ChronoUnit.SECONDS).toString());
        add(context, ConditionKey.EPOCH_TIME, Long.toString(call.now().getEpochSecond()));
    }

    private void addKey(RequestContext.Builder context, KeyRecord key) {
        add(context, ConditionKey.RESOURCE_ACCOUNT, key.scope().account().value());
        context.addPairs(ConditionKey.RESOURCE_TAG.awsName(), key.tags());
        context.addWhenAsked(ConditionKey.RESOURCE_ALIASES.awsName(), () -> aliases(key));
        add(context, ConditionKey.KEY_ORIGIN, key.origin().name());
        add(context, ConditionKey.KEY_SPEC, key.spec().name());
        add(context, ConditionKey.CUSTOMER_MASTER_KEY_SPEC, key.spec().name());
        add(context, ConditionKey.KEY_USAGE, key.usage().name());
        add(context, ConditionKey.CUSTOMER_MASTER_KEY_USAGE, key.usage().name());
        add(context, ConditionKey.MULTI_REGION, NO);
    }

    private static void addUse(
            RequestContext.Builder context, Request<?> request, Resources resources, Resources.Resolved one) {
        KeyRecord key = one.key();
        EncryptionContext pairs = one.target().encryptionContext();
        if (key != null && pairs != null) {
            context.addPairs(ConditionKey.ENCRYPTION_CONTEXT.awsName(), pairs.pairs());
            context.addAll(
                    ConditionKey.ENCRYPTION_CONTEXT_KEYS.awsName(),
                    pairs.pairs().keySet());
        }
        String algorithm = one.target().encryptionAlgorithm();
        if (key != null && algorithm != null) {
            add(context, ConditionKey.ENCRYPTION_ALGORITHM, algorithm);
        }
        if (one.target().reference() instanceof KeyReference.ByAlias alias) {
            add(context, ConditionKey.REQUEST_ALIAS, alias.name());
        }
        if (request.operation() == Operation.RE_ENCRYPT && resources.keys().size() == 2) {
            boolean same = resources.key().id().equals(resources.secondKey().id());
            add(context, ConditionKey.RE_ENCRYPT_ON_SAME_KEY, Boolean.toString(same));
        }
        if (GRANT_OPERATIONS.contains(request.operation())) {
            add(context, ConditionKey.GRANT_IS_FOR_AWS_RESOURCE, NO);
        }
    }

    private List<String> aliases(KeyRecord key) {
        Page<AliasRecord> page = store.listAliases(key.scope(), key.id(), null, Limits.ALIASES_PER_KEY);
        return page.items().stream().map(AliasRecord::name).toList();
    }

    private static void add(RequestContext.Builder context, ConditionKey key, String value) {
        context.add(key.awsName(), value);
    }
}
