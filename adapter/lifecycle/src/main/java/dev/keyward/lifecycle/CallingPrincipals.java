package dev.keyward.lifecycle;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallingPrincipal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a caller is, as far as its ARN tells. A user has no other unique id than that, and nobody has tags. */
final class CallingPrincipals {
    private static final Pattern SESSION_ARN =
            Pattern.compile("arn:aws:sts::(?<account>\\d{12}):assumed-role/(?<role>[^/]+)/(?<session>[^/]+)");

    private CallingPrincipals() {}

    static CallingPrincipal of(Caller caller) {
        AccountId account = caller.scope().account();
        String arn = caller.principalArn();
        if (arn.equals(new CallingPrincipal.RootUser(account).arn())) {
            return new CallingPrincipal.RootUser(account);
        }
        Matcher session = SESSION_ARN.matcher(arn);
        if (session.matches()) {
            String roleArn = "arn:aws:iam::" + session.group("account") + ":role/" + session.group("role");
            return new CallingPrincipal.RoleSession(account, roleArn, roleArn, session.group("session"), Map.of());
        }
        return new CallingPrincipal.User(account, arn, arn, Map.of());
    }
}
