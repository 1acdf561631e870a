package dev.keyward.policy;

import static dev.keyward.policy.PolicyType.IDENTITY_BASED;
import static dev.keyward.policy.PolicyType.RESOURCE_BASED;
import static dev.keyward.policy.PolicyType.SESSION;

import dev.keyward.contract.CallingPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request, in the order of AWS's flow chart: first whether any policy denies it; then what the resource's side
 * allows, by key policy or grant; then, where that needs it, the identity policies; and last the session policies. What is
 * not allowed is denied.
 *
 * <p>Unlike other resources, a key obeys its key policy alone: identity policies count only where it lets their account
 * decide. A principal of another account needs an Allow on both sides, and learns nothing where the resource's side has
 * none.
 *
 * <p>Source: AWS IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic"; AWS KMS Developer
 * Guide, "Troubleshooting AWS KMS permissions".
 */
public final class PolicyEvaluator {
    private final AuthorizationRequest request;
    private final CallingPrincipal caller;

    private PolicyEvaluator(AuthorizationRequest request) {
        this.request = request;
        this.caller = request.principal().principal();
    }

    /** Decides a request. Pure and safe for use by many threads at once. */
    public static Decision decide(AuthorizationRequest request) {
        return new PolicyEvaluator(request).decide();
    }

    /**
     * What allows the request on the side of the resource, and how much else must agree.
     *
     * @param reach how near it names the caller
     * @param sufficesAcrossAccounts whether the account of a caller from elsewhere has agreed already
     */
    private record ResourceAllow(Reach reach, boolean sufficesAcrossAccounts, Reason reason) {}

    /** A statement that applies to the request, and how near it names the caller. */
    private record Applying(Reach reach, Reason reason) {}

    private Decision decide() {
        List<ResourceAllow> allows = resourceAllows();
        if (request.isAcrossAccounts() && allows.isEmpty()) {
            return Decision.deny(new Reason.NothingAllows(RESOURCE_BASED)); // whether or not there is such a resource
        }
        Optional<Reason> denial = explicitDeny();
        if (denial.isPresent()) {
            return Decision.deny(denial.get());
        }
        if (request.resource().hasNoPolicy()) {
            return askIdentityPolicies(List.of());
        }
        Decision decision = Decision.deny(new Reason.NothingAllows(RESOURCE_BASED));
        for (ResourceAllow allow : allows) {
            decision = goOnFrom(allow);
            if (decision.allowed()) {
                return decision;
            }
        }
        return decision;
    }

    private Optional<Reason> explicitDeny() {
        return first(keyPolicies(), Effect.DENY, RESOURCE_BASED)
                .or(() -> first(request.principal().identityPolicies(), Effect.DENY, IDENTITY_BASED))
                .or(() -> first(request.principal().sessionPolicies(), Effect.DENY, SESSION));
    }

    /** Every statement of the key policy and every grant that allows the caller, the one that needs least else first. */
    private List<ResourceAllow> resourceAllows() {
        List<ResourceAllow> allows = new ArrayList<>();
        for (Policy policy : keyPolicies()) {
            for (Applying statement : applying(policy, Effect.ALLOW, RESOURCE_BASED)) {
                allows.add(new ResourceAllow(statement.reach(), false, statement.reason()));
            }
        }
        for (ApplicableGrant grant : request.resource().grants()) {
            grant.principal()
                    .reach(caller)
                    .map(reach -> new ResourceAllow(
                            reach, grant.sufficesAcrossAccounts(), new Reason.ByGrant(grant.grantId())))
                    .ifPresent(allows::add);
        }
        allows.sort(Comparator.comparing(ResourceAllow::reach));
        return allows;
    }

    private Decision goOnFrom(ResourceAllow allow) {
        List<Reason> reasons = List.of(allow.reason());
        if (request.isAcrossAccounts() && !allow.sufficesAcrossAccounts()) {
            return askIdentityPolicies(reasons);
        }
        return switch (allow.reach()) {
            case PRINCIPAL -> Decision.allow(reasons);
            case ROLE -> askSessionPolicies(reasons);
            case ACCOUNT -> askIdentityPolicies(reasons);
        };
    }

    private Decision askIdentityPolicies(List<Reason> soFar) {
        Optional<Reason> allow = caller instanceof CallingPrincipal.RootUser
                ? Optional.of(new Reason.ByRootUser())
                : first(request.principal().identityPolicies(), Effect.ALLOW, IDENTITY_BASED);
        return allow.isPresent()
                ? askSessionPolicies(and(soFar, allow.get()))
                : Decision.deny(new Reason.NothingAllows(IDENTITY_BASED));
    }

    private Decision askSessionPolicies(List<Reason> soFar) {
        List<IdentityPolicy> policies = request.principal().sessionPolicies();
        if (policies.isEmpty()) {
            return Decision.allow(soFar);
        }
        Optional<Reason> allow = first(policies, Effect.ALLOW, SESSION);
        return allow.isPresent()
                ? Decision.allow(and(soFar, allow.get()))
                : Decision.deny(new Reason.NothingAllows(SESSION));
    }

    private List<Policy> keyPolicies() {
        Policy policy = request.resource().keyPolicy();
        return policy == null ? List.of() : List.of(policy);
    }

    private Optional<Reason> first(List<? extends Policy> policies, Effect effect, PolicyType type) {
        for (Policy policy : policies) {
            List<Applying> applying = applying(policy, effect, type);
            if (!applying.isEmpty()) {
                return Optional.of(applying.getFirst().reason());
            }
        }
        return Optional.empty();
    }

    /** The statements of that effect that apply to the request, in their order. */
    private List<Applying> applying(Policy policy, Effect effect, PolicyType type) {
        PolicyVariables variables = PolicyVariables.of(policy.version(), request.context());
        List<Applying> applying = new ArrayList<>(1);
        for (int i = 0; i < policy.statements().size(); i++) {
            Statement statement = policy.statements().get(i);
            Reach reach = statement.effect() == effect ? reach(statement, variables) : null;
            if (reach != null) {
                applying.add(new Applying(reach, new Reason.ByStatement(type, policy.name(), nameOf(statement, i))));
            }
        }
        return applying;
    }

    /** How near a statement that applies names the caller; null if it does not apply. What costs least is asked first. */
    private @Nullable Reach reach(Statement statement, PolicyVariables variables) {
        Reach reach = statement.principals().reach(caller).orElse(null);
        return reach != null
                        && statement.covers(request.action(), request.resource().arn(), variables)
                        && statement.conditionsHold(request.context(), variables)
                ? reach
                : null;
    }

    private static String nameOf(Statement statement, int index) {
        String sid = statement.sid();
        return sid == null || sid.isEmpty() ? Integer.toString(index + 1) : "'" + sid + "'";
    }

    private static List<Reason> and(List<Reason> reasons, Reason reason) {
        return Stream.concat(reasons.stream(), Stream.of(reason)).toList();
    }
}
