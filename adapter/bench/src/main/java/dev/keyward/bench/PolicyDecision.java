package dev.keyward.bench;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.policy.AuthorizationRequest;
import dev.keyward.policy.Decision;
import dev.keyward.policy.IdentityPolicy;
import dev.keyward.policy.KeyPolicy;
import dev.keyward.policy.PolicyEvaluator;
import dev.keyward.policy.PrincipalPolicies;
import dev.keyward.policy.ProtectedResource;
import dev.keyward.policy.RequestContext;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Deciding whether a user may encrypt, alone: the policies are parsed already. */
public class PolicyDecision {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /** Allows under three conditions whom nine statements with conditions of their own do not name. */
    private static final String TEN_STATEMENTS = """
            {"Version": "2012-10-17", "Statement": [
              %s {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*",
               "Condition": {
                 "StringEquals": {"kms:EncryptionContext:user": "${aws:username}"},
                 "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                 "DateLessThan": {"aws:CurrentTime": "2100-01-01T00:00:00Z"}}}
            ]}""".formatted("""
            {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/other"}, "Action": "kms:Encrypt",
             "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
            """.repeat(9));

    /** Who asks, and the two policies. */
    @State(Scope.Benchmark)
    public static class Policies {
        private final PrincipalPolicies alice = new PrincipalPolicies(
                new CallingPrincipal.User(ACCOUNT, "arn:aws:iam::111122223333:user/alice", "AIDAALICE", Map.of()),
                List.of(IdentityPolicy.parse("everything", """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}""")),
                List.of());
        private final KeyPolicy byDefault = KeyPolicy.parse(KeyPolicy.defaultText(ACCOUNT), ACCOUNT);
        private final KeyPolicy underConditions = KeyPolicy.parse(TEN_STATEMENTS, ACCOUNT);
    }

    @Benchmark
    @Row(title = "A decision by the default key policy, alone")
    public Decision byDefault(Policies policies) {
        return decide(policies, policies.byDefault);
    }

    @Benchmark
    @Row(title = "A decision by ten statements, three conditions among them, alone")
    public Decision underConditions(Policies policies) {
        return decide(policies, policies.underConditions);
    }

    private static Decision decide(Policies policies, KeyPolicy keyPolicy) {
        RequestContext context = RequestContext.whenAsked(() -> RequestContext.builder()
                .add("aws:username", "alice")
                .add("aws:SourceIp", "203.0.113.7")
                .add("aws:CurrentTime", "2026-11-24T09:00:00Z")
                .add("kms:EncryptionContext:user", "alice"));
        return PolicyEvaluator.decide(new AuthorizationRequest(
                policies.alice, "kms:Encrypt", new ProtectedResource(KEY, ACCOUNT, keyPolicy, List.of()), context));
    }
}
