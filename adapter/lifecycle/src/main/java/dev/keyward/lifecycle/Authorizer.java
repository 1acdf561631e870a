package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.lifecycle.Request.Call;
import dev.keyward.policy.ApplicableGrant;
import dev.keyward.policy.AuthorizationRequest;
import dev.keyward.policy.Decision;
import dev.keyward.policy.PolicyEvaluator;
import dev.keyward.policy.PrincipalPolicies;
import dev.keyward.policy.ProtectedResource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what, by key policies, grants and the caller's own policies, which are looked at anew for every
 * request. Thread-safe.
 */
final class Authorizer {
    private final PrincipalDirectory principals;
    private final Policies policies = new Policies();
    private final GrantLookup grants;
    private final Conditions conditions;

    Authorizer(PrincipalDirectory principals, MetadataStore store, KeyUsages usages) {
        this.principals = principals;
        this.grants = new GrantLookup(store);
        this.conditions = new Conditions(store, usages);
    }

    /**
     * What was decided about one target.
     *
     * @param explanation which statement or grant decided, for the audit record
     * @param refusal what to answer; null if it is allowed
     */
    record Verdict(String explanation, @Nullable KeywardException refusal) {}

    /** Who asks, with the policies that are its own. */
    PrincipalPolicies principal(Caller caller) {
        return policies.of(principals.find(caller));
    }

    /**
     * Answers before anything is looked up, from what a target says of itself: an operation that stays in its account
     * learns nothing of another. Empty where there is nothing to say yet.
     */
    Optional<Verdict> admit(Caller caller, Operation operation, Target target) {
        KeyReference reference = target.reference();
        if (operation.accounts() != Operation.Accounts.OWN_ACCOUNT
                || reference == null
                || isOwn(caller, reference.scope().account())) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(
                target.action() + ": not in another account", ofStranger(caller, target.action(), reference)));
    }

    /** What a caller is answered who may not know whether there is such a key in another account. */
    private static KeywardException ofStranger(Caller caller, String action, KeyReference reference) {
        return new KeywardException(
                ErrorCode.ACCESS_DENIED, Decision.messageOfStranger(caller.principalArn(), action, reference.arn()));
    }

    static boolean isOwn(Caller caller, AccountId owner) {
        return caller.scope().account().equals(owner);
    }

    /** Decides about one target; empty where there is nothing to decide. */
    Optional<Verdict> decide(
            Call call, PrincipalPolicies principal, Request<?> request, Resources resources, Resources.Resolved one) {
        Target target = one.target();
        if (one.isMissingKey()) {
            return Optional.of(new Verdict(target.action() + ": no such key", ofUnknown(call.caller(), target)));
        }
        if (target instanceof Target.Mentioned || (target instanceof Target.AliasedKey && one.key() == null)) {
            return Optional.empty();
        }
        AuthorizationRequest asked = new AuthorizationRequest(
                principal, target.action(), resource(call.caller(), one), conditions.of(call, request, resources, one));
        Decision decision = PolicyEvaluator.decide(asked);
        if (!decision.allowed() && !decision.isExplicitDeny()) {
            Optional<AuthorizationRequest> withGrants = withGrants(asked, request, one);
            if (withGrants.isPresent()) {
                asked = withGrants.get();
                decision = PolicyEvaluator.decide(asked);
            }
        }
        return Optional.of(new Verdict(
                target.action() + ": " + decision.explanation(),
                decision.allowed() ? null : refusal(call.caller(), one, decision, asked)));
    }

    private ProtectedResource resource(Caller caller, Resources.Resolved one) {
        KeyRecord key = one.key();
        if (key == null) {
            return ProtectedResource.withoutPolicy(one.arn(), caller.scope().account());
        }
        AccountId owner = key.scope().account();
        return one.target() instanceof Target.GrantedKey named
                ? new ProtectedResource(one.arn(), owner, null, grants.retiring(key, named.grantId()))
                : new ProtectedResource(one.arn(), owner, policies.of(key), List.of());
    }

    /** Grants are looked up where policies do not suffice: most requests need none. */
    private Optional<AuthorizationRequest> withGrants(
            AuthorizationRequest asked, Request<?> request, Resources.Resolved one) {
        KeyRecord key = one.key();
        if (key == null || one.target() instanceof Target.GrantedKey) {
            return Optional.empty();
        }
        List<ApplicableGrant> applicable =
                grants.applicable(key, one.target(), asked.principal().principal(), request.grantTerms());
        ProtectedResource resource = asked.resource();
        return applicable.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuthorizationRequest(
                        asked.principal(),
                        asked.action(),
                        new ProtectedResource(resource.arn(), resource.owner(), resource.keyPolicy(), applicable),
                        asked.context()));
    }

    /** What is answered for a key that there is not, where nobody may learn that. */
    private static KeywardException ofUnknown(Caller caller, Target target) {
        KeyReference named = target.reference();
        return named == null ? Resolver.unknownCiphertextKey() : ofStranger(caller, target.action(), named);
    }

    private static KeywardException refusal(
            Caller caller, Resources.Resolved one, Decision decision, AuthorizationRequest asked) {
        KeyReference named = one.target().reference();
        boolean own = isOwn(caller, asked.resource().owner());
        if (!own && named == null) {
            return ofUnknown(caller, one.target()); // as if it did not exist
        }
        String shownArn = own || named == null ? one.arn() : named.arn();
        return new KeywardException(ErrorCode.ACCESS_DENIED, decision.message(asked, shownArn));
    }
}
