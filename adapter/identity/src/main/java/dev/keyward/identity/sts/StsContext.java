package dev.keyward.identity.sts;

import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.RequestOrigin;
import dev.keyward.policy.RequestContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The condition keys of a request to STS.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">IAM and AWS
 *     STS condition context keys</a>
 */
final class StsContext {
    private StsContext() {}

    /** What every request has. */
    static RequestContext.Builder of(RequestOrigin origin, Instant now, Sessions.Wanted wanted) {
        RequestContext.Builder context = RequestContext.builder()
                .add("aws:SourceIp", origin.sourceAddress())
                .add("aws:SecureTransport", Boolean.toString(origin.secureTransport()))
                .add("aws:CurrentTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .add("aws:EpochTime", Long.toString(now.getEpochSecond()))
                .add("sts:RoleSessionName", wanted.name());
        return origin.userAgent().isEmpty() ? context : context.add("aws:UserAgent", origin.userAgent());
    }

    /** What a principal adds. */
    static void add(RequestContext.Builder context, CallingPrincipal principal) {
        context.add("aws:PrincipalArn", principal.identityArn())
                .add("aws:PrincipalAccount", principal.account().value())
                .add("aws:userid", principal.userId())
                .addPairs("aws:PrincipalTag/", principal.tags());
        switch (principal) {
            case CallingPrincipal.RootUser _ -> context.add("aws:PrincipalType", "Account");
            case CallingPrincipal.User user ->
                context.add("aws:PrincipalType", "User").add("aws:username", user.name());
            case CallingPrincipal.RoleSession _ -> context.add("aws:PrincipalType", "AssumedRole");
        }
    }

    /** What an identity provider vouches for, under the provider's own name. */
    static void add(RequestContext.Builder context, WebIdentity identity) {
        String provider = identity.provider().name();
        context.add(provider + ":sub", identity.subject())
                .addAll(provider + ":aud", identity.audiences())
                .add("aws:FederatedProvider", provider);
    }
}
