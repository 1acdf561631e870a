package dev.keyward.identity.sts;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.PrincipalRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.RequestOrigin;
import dev.keyward.contract.Scope;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import dev.keyward.identity.Drawn;
import dev.keyward.identity.SessionTokens;
import dev.keyward.policy.AuthorizationRequest;
import dev.keyward.policy.Decision;
import dev.keyward.policy.IdentityPolicy;
import dev.keyward.policy.PolicyEvaluator;
import dev.keyward.policy.PrincipalPolicies;
import dev.keyward.policy.ProtectedResource;
import dev.keyward.policy.RequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of AWS STS's clients, in its query protocol (version 2011-06-15): GetCallerIdentity, AssumeRole
 * and AssumeRoleWithWebIdentity. Every request of a known sender is recorded before it is answered; one that nobody
 * signed has a known sender once its identity token is verified. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">AWS STS API Reference</a>
 */
public final class StsFace {
    private static final Logger LOG = LoggerFactory.getLogger(StsFace.class);
    private static final String API_VERSION = "2011-06-15";
    private static final int OK = 200;
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]*");
    private static final Pattern TOKEN = Pattern.compile("[\\w.-]*");
    private static final int LONGEST_WEB_IDENTITY_TOKEN = 20_000;
    private static final Duration LONGEST_CHAINED_SESSION = Duration.ofHours(1);

    private final PrincipalDirectory principals;
    private final Sessions sessions;
    private final WebIdentityTokens webIdentities;
    private final AuditSink audit;
    private final InstantSource clock;
    private final Region region;

    /**
     * Puts it together.
     *
     * @param providers whose identity tokens are believed
     * @param clock what sessions go by
     * @param timeOfDay what identity providers go by
     * @param region what requests that nobody signed are recorded under
     */
    public StsFace(
            IdentityStore store,
            PrincipalDirectory principals,
            SessionTokens tokens,
            Drawn drawn,
            List<IdentityProvider> providers,
            AuditSink audit,
            InstantSource clock,
            InstantSource timeOfDay,
            Region region) {
        this.principals = principals;
        this.sessions = new Sessions(store, tokens, drawn);
        this.webIdentities = new WebIdentityTokens(providers, timeOfDay);
        this.audit = audit;
        this.clock = clock;
        this.region = region;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param xml its body
     * @param senderKnown whether it turned out who asked: then, and only then, there is a record
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Answer(int status, byte[] xml, boolean senderKnown) {}

    /**
     * Answers a request, whatever it is.
     *
     * @param caller who signed it; null if nobody did
     * @param origin where it came from
     * @param body its parameters, form-encoded
     */
    public Answer answer(@Nullable Caller caller, RequestOrigin origin, byte[] body) {
        StsRecord open = new StsRecord(audit, origin, clock.instant(), caller);
        try {
            Parameters parameters = Parameters.parse(body);
            String action = String.valueOf(parameters.find("Action"));
            open.operation(action);
            requireVersion(parameters);
            Result result = perform(action, parameters, open);
            open.write(null);
            return new Answer(OK, result.toXml(action, origin.requestId()), true);
        } catch (StsException refusal) {
            return refused(open, refusal);
        } catch (KeywardException refusal) {
            return refused(open, StsException.of(refusal));
        } catch (RuntimeException failure) {
            LOG.error("request {} to STS failed", origin.requestId(), failure);
            return refused(open, new StsException(StsError.INTERNAL_FAILURE, "The request could not be worked on."));
        }
    }

    /** Answers a request that was refused before it came here. */
    public Answer refuse(KeywardException refusal, String requestId) {
        return answer(StsException.of(refusal), requestId, false);
    }

    private static Answer refused(StsRecord open, StsException refusal) {
        try {
            open.write(refusal);
            return answer(refusal, open.origin().requestId(), open.caller() != null);
        } catch (RuntimeException unrecorded) { // nothing is answered unrecorded
            LOG.error("request {} to STS could not be recorded", open.origin().requestId(), unrecorded);
            return answer(
                    new StsException(StsError.INTERNAL_FAILURE, "The request could not be recorded."),
                    open.origin().requestId(),
                    true);
        }
    }

    private static Answer answer(StsException refusal, String requestId, boolean senderKnown) {
        return new Answer(refusal.error().httpStatus(), Result.toXml(refusal, requestId), senderKnown);
    }

    private static void requireVersion(Parameters parameters) {
        if (!API_VERSION.equals(parameters.find("Version"))) {
            throw new StsException(StsError.INVALID_ACTION, "Version must be " + API_VERSION + ".");
        }
    }

    private Result perform(String action, Parameters parameters, StsRecord open) {
        return switch (action) {
            case "GetCallerIdentity" -> callerIdentity(parameters, signer(open));
            case "AssumeRole" -> assumeRole(parameters, signer(open), open);
            case "AssumeRoleWithWebIdentity" -> assumeRoleWithWebIdentity(parameters, open);
            default ->
                throw new StsException(
                        StsError.INVALID_ACTION, "Could not find operation " + action + " for version " + API_VERSION);
        };
    }

    private static Caller signer(StsRecord open) {
        Caller caller = open.caller();
        if (caller == null) {
            throw new StsException(StsError.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
        }
        return caller;
    }

    private Result callerIdentity(Parameters parameters, Caller caller) {
        parameters.refuseOthers();
        CallingPrincipal principal = principals.find(caller).principal();
        SequencedMap<String, Object> elements = new LinkedHashMap<>();
        elements.put("Arn", principal.arn());
        elements.put("UserId", principal.userId());
        elements.put("Account", principal.account().value());
        return new Result(elements);
    }

    private Result assumeRole(Parameters parameters, Caller caller, StsRecord open) {
        Sessions.Wanted wanted = Sessions.wanted(parameters);
        String externalId =
                parameters.optional("ExternalId", 2, 1224, EXTERNAL_ID).orElse(null);
        parameters.refuseOthers();
        open.wanted(wanted);
        PrincipalRecord principal = principals.find(caller);
        if (principal.principal() instanceof CallingPrincipal.RootUser) {
            throw new StsException(StsError.ACCESS_DENIED, "Roles may not be assumed by root accounts.");
        }
        RequestContext.Builder context = StsContext.of(open.origin(), open.now(), wanted);
        StsContext.add(context, principal.principal());
        TemporarySession session = caller.session();
        if (session != null) {
            context.add("aws:TokenIssueTime", session.begunAt().toString());
        }
        if (externalId != null) {
            context.add("sts:ExternalId", externalId);
        }
        Sessions.Role role = sessions.role(wanted.roleArn()).orElseThrow(() -> denied(principal, wanted));
        Decision decision = PolicyEvaluator.decide(new AuthorizationRequest(
                policies(principal),
                "sts:AssumeRole",
                new ProtectedResource(role.identity().arn(), role.identity().account(), role.trustPolicy(), List.of()),
                context.build()));
        open.decided(decision.explanation());
        if (!decision.allowed()) {
            throw denied(principal, wanted);
        }
        Sessions.requireAllowedDuration(wanted, role);
        if (session != null && wanted.duration().compareTo(LONGEST_CHAINED_SESSION) > 0) {
            throw Parameters.invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed"
                    + " by role chaining");
        }
        return new Result(sessions.begin(wanted, role, null, open.now()));
    }

    private static PrincipalPolicies policies(PrincipalRecord principal) {
        return new PrincipalPolicies(
                principal.principal(), parsed(principal.identityPolicies()), parsed(principal.sessionPolicies()));
    }

    private static List<IdentityPolicy> parsed(List<PolicyDocument> documents) {
        return documents.stream()
                .map(document -> IdentityPolicy.parse(document.name(), document.text()))
                .toList();
    }

    /** The same for a role that is not there as for one that may not be assumed. */
    private static StsException denied(PrincipalRecord principal, Sessions.Wanted wanted) {
        return new StsException(
                StsError.ACCESS_DENIED,
                "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                        .formatted(principal.principal().arn(), wanted.roleArn()));
    }

    private Result assumeRoleWithWebIdentity(Parameters parameters, StsRecord open) {
        Sessions.Wanted wanted = Sessions.wanted(parameters);
        String token = parameters.require("WebIdentityToken", 4, LONGEST_WEB_IDENTITY_TOKEN, TOKEN);
        parameters.refuseOthers();
        open.wanted(wanted);
        WebIdentity identity = webIdentities.verify(token);
        Sessions.Role role = sessions.role(wanted.roleArn()).orElse(null);
        if (role == null) {
            throw notAuthorizedWithWebIdentity();
        }
        AccountId account = role.identity().account();
        WebIdentityUser vouchedFor = identity.in(account);
        String providerArn = vouchedFor.providerArn();
        open.vouchedFor(vouchedFor, new Scope(account, region));
        RequestContext.Builder context = StsContext.of(open.origin(), open.now(), wanted);
        StsContext.add(context, identity);
        if (!role.trustPolicy().allowsWebIdentity(providerArn, role.identity().arn(), context.build())) {
            throw notAuthorizedWithWebIdentity();
        }
        Sessions.requireAllowedDuration(wanted, role);
        SequencedMap<String, Object> elements = sessions.begin(wanted, role, vouchedFor, open.now());
        elements.put("SubjectFromWebIdentityToken", identity.subject());
        elements.put("Audience", String.join(" ", identity.audiences()));
        elements.put("Provider", providerArn);
        return new Result(elements);
    }

    private static StsException notAuthorizedWithWebIdentity() {
        return new StsException(StsError.ACCESS_DENIED, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
}
