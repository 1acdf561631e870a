package dev.keyward.conformance;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.PrincipalDirectory;
import dev.keyward.contract.PrincipalRecord;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Principals of whom nothing is known but their ARN, for tests above the directory. Their account trusts them wholly, so
 * each has an identity policy that allows everything: what they may do is up to the key policies. Everybody whom a policy
 * names is there, and has no other unique id than the ARN; nobody has tags. Thread-safe.
 */
public final class ListedPrincipals implements PrincipalDirectory {
    private static final Pattern SESSION_ARN =
            Pattern.compile("arn:aws:sts::(?<account>\\d{12}):assumed-role/(?<role>[^/]+)/(?<session>[^/]+)");

    private static final PolicyDocument ADMINISTRATOR_ACCESS = new PolicyDocument("AdministratorAccess", """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""");

    @Override
    public PrincipalRecord find(Caller caller) {
        CallingPrincipal principal = principal(caller.scope().account(), caller.principalArn());
        boolean isRoot = principal instanceof CallingPrincipal.RootUser;
        return new PrincipalRecord(principal, isRoot ? List.of() : List.of(ADMINISTRATOR_ACCESS), List.of());
    }

    @Override
    public Map<String, String> uniqueIds(List<String> arns) {
        return arns.stream().distinct().collect(Collectors.toMap(arn -> arn, ListedPrincipals::uniqueId));
    }

    private static String uniqueId(String arn) {
        Matcher session = SESSION_ARN.matcher(arn);
        return session.matches() ? "arn:aws:iam::" + session.group("account") + ":role/" + session.group("role") : arn;
    }

    private static CallingPrincipal principal(AccountId account, String arn) {
        CallingPrincipal root = new CallingPrincipal.RootUser(account);
        if (arn.equals(root.arn())) {
            return root;
        }
        Matcher session = SESSION_ARN.matcher(arn);
        if (session.matches() && session.group("account").equals(account.value())) {
            String roleArn = "arn:aws:iam::" + account + ":role/" + session.group("role");
            return new CallingPrincipal.RoleSession(account, roleArn, roleArn, session.group("session"), Map.of());
        }
        return new CallingPrincipal.User(account, arn, arn, Map.of());
    }
}
