package dev.keyward.identity;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccessKeyRecord.Source;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Scope;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes users, roles and access keys. Each change is made whole or not at all, holds for the next request, and leaves
 * an audit record, refused or not. Thread-safe: one change at a time.
 */
public final class IdentityAdministration {
    private final IdentityStore store;
    private final SecretSealer sealer;
    private final Drawn drawn;
    private final InstantSource clock;
    private final IdentityAudit audit;

    /** @param scope the account and Region that the records of commands belong to */
    public IdentityAdministration(
            IdentityStore store, SecretSealer sealer, Drawn drawn, InstantSource clock, AuditSink audit, Scope scope) {
        this.store = store;
        this.sealer = sealer;
        this.drawn = drawn;
        this.clock = clock;
        this.audit = new IdentityAudit(audit, clock, scope, "keyward identity");
    }

    /** All users and roles, by account, kind and name. */
    public List<IdentityRecord> identities() {
        return store.listIdentities();
    }

    /** All access keys, by id. */
    public List<AccessKeyRecord> accessKeys() {
        return store.listAccessKeys();
    }

    /**
     * A user or role.
     *
     * @throws IdentityException if there is none of that name
     */
    public IdentityRecord find(AccountId account, Kind kind, String name) {
        return store.findIdentity(account, kind, name)
                .orElseThrow(() ->
                        new IdentityException("there is no " + kind.word() + " " + name + " in account " + account));
    }

    /**
     * Makes what there is be what is wanted.
     *
     * @param wanted users and roles; whoever is there already keeps unique id and access keys
     * @param pruned the accounts of which nobody is left who is not wanted
     * @param dryRun only says what would be done, which leaves no record
     * @return what was, or would be, done
     * @throws IdentityException if any of it is not allowed; then nothing is done
     */
    public synchronized List<Difference> apply(
            String operator, List<WantedIdentity> wanted, Set<AccountId> pruned, boolean dryRun) {
        if (dryRun) {
            return plan(wanted, pruned).differences();
        }
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        List<String> resources = new ArrayList<>();
        return audit.recorded(operator, "ApplyIdentities", parameters, resources, () -> {
            IdentityPlan plan = plan(wanted, pruned);
            parameters.put(
                    "differences",
                    plan.differences().stream().map(Difference::toString).toList());
            plan.differences().forEach(difference -> resources.add(difference.arn()));
            store.change(plan.changes());
            return plan.differences();
        });
    }

    private IdentityPlan plan(List<WantedIdentity> wanted, Set<AccountId> pruned) {
        return IdentityPlan.make(store, wanted, pruned, drawn, clock.instant());
    }

    /**
     * Makes a user or role that is not there yet.
     *
     * @throws IdentityException if it is there, or anything of it is not allowed
     */
    public synchronized void create(String operator, WantedIdentity wanted) {
        String operation = wanted.kind() == Kind.USER ? "CreateUser" : "CreateRole";
        audit.recorded(operator, operation, named("arn", wanted.arn()), List.of(wanted.arn()), () -> {
            if (store.findIdentity(wanted.account(), wanted.kind(), wanted.name())
                    .isPresent()) {
                throw new IdentityException(
                        "there is a " + wanted.kind().word() + " " + wanted.name() + " in account " + wanted.account());
            }
            store.change(plan(List.of(wanted), Set.of()).changes());
            return true;
        });
    }

    /** Deletes a user with its access keys, or a role, whose sessions end with it. */
    public synchronized void delete(String operator, IdentityRecord identity) {
        String operation = identity.kind() == Kind.USER ? "DeleteUser" : "DeleteRole";
        audit.recorded(operator, operation, named("arn", identity.arn()), List.of(identity.arn()), () -> {
            store.change(new IdentityChange.Delete(identity));
            return true;
        });
    }

    /** Adds a policy to a user or role, or puts it in the place of the one with the same name. */
    public synchronized void putPolicy(String operator, IdentityRecord identity, PolicyDocument policy) {
        change(operator, "Put", identity, policy.name(), policies -> {
            IdentityForms.checkPolicy(identity.kind().word() + " " + identity.name(), policy);
            policies.removeIf(present -> present.name().equals(policy.name()));
            policies.add(policy);
            return policies;
        });
    }

    /** Takes a policy away from a user or role. */
    public synchronized void deletePolicy(String operator, IdentityRecord identity, String name) {
        change(operator, "Delete", identity, name, policies -> {
            if (!policies.removeIf(present -> present.name().equals(name))) {
                throw new IdentityException(identity.arn() + " has no policy " + name);
            }
            return policies;
        });
    }

    private void change(
            String operator,
            String verb,
            IdentityRecord identity,
            String policyName,
            UnaryOperator<List<PolicyDocument>> changing) {
        SequencedMap<String, Object> parameters = named("arn", identity.arn());
        parameters.put("policyName", policyName);
        String operation = verb + (identity.kind() == Kind.USER ? "UserPolicy" : "RolePolicy");
        audit.recorded(operator, operation, parameters, List.of(identity.arn()), () -> {
            List<PolicyDocument> policies = changing.apply(new ArrayList<>(identity.policies()));
            store.change(new IdentityChange.Update(identity.withPolicies(policies)));
            return true;
        });
    }

    /** Makes an access key for a user, whose secret is shown this once. */
    public synchronized NewAccessKey createAccessKey(String operator, IdentityRecord user) {
        String id = drawn.accessKeyId();
        SequencedMap<String, Object> parameters = named("userName", user.name());
        parameters.put("accessKeyId", id);
        return audit.recorded(operator, "CreateAccessKey", parameters, List.of(user.arn()), () -> {
            byte[] secret = drawn.secret();
            try {
                store.change(new IdentityChange.PutAccessKey(new AccessKeyRecord(
                        id,
                        user.account(),
                        user.uniqueId(),
                        Source.COMMAND,
                        true,
                        sealer.seal(id, user.account(), secret),
                        clock.instant())));
                return new NewAccessKey(id, new String(secret, StandardCharsets.US_ASCII));
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        });
    }

    /** Takes an access key away that a command made. */
    public synchronized void deleteAccessKey(String operator, String id) {
        audit.recorded(operator, "DeleteAccessKey", named("accessKeyId", id), List.of(), () -> {
            requireFromCommand(accessKey(id));
            store.change(new IdentityChange.DeleteAccessKey(id));
            return true;
        });
    }

    /** Lets an access key that a command made sign, or not. */
    public synchronized void setAccessKey(String operator, String id, boolean active) {
        SequencedMap<String, Object> parameters = named("accessKeyId", id);
        parameters.put("status", active ? "Active" : "Inactive");
        audit.recorded(operator, "UpdateAccessKey", parameters, List.of(), () -> {
            AccessKeyRecord accessKey = accessKey(id);
            requireFromCommand(accessKey);
            store.change(new IdentityChange.PutAccessKey(accessKey.withActive(active)));
            return true;
        });
    }

    /** Lets the root identity sign, or not: it stays so, whatever a later start asks for. */
    public synchronized void setRoot(String operator, boolean active) {
        audit.recorded(operator, active ? "EnableRoot" : "DisableRoot", new LinkedHashMap<>(), List.of(), () -> {
            AccessKeyRecord root = store.listAccessKeys().stream()
                    .filter(accessKey -> accessKey.source() == Source.ROOT)
                    .findFirst()
                    .orElseThrow(
                            () -> new IdentityException("there is no root identity yet: the first start makes it"));
            store.change(new IdentityChange.PutAccessKey(root.withActive(active)));
            return true;
        });
    }

    private AccessKeyRecord accessKey(String id) {
        return store.findAccessKey(id).orElseThrow(() -> new IdentityException("there is no access key " + id));
    }

    private static void requireFromCommand(AccessKeyRecord accessKey) {
        switch (accessKey.source()) {
            case COMMAND -> {}
            case CONFIGURATION ->
                throw new IdentityException(
                        "the configuration lists access key " + accessKey.id() + ": change it there");
            case ROOT ->
                throw new IdentityException(accessKey.id() + " is the root identity: use disable-root or enable-root");
        }
    }

    private static SequencedMap<String, Object> named(String name, String value) {
        SequencedMap<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(name, value);
        return parameters;
    }
}
