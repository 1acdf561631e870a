package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy lockout safety check, for user alice of account 111122223333. */
class PolicyLockoutTest {
    private static final AccountId OWNER = new AccountId("111122223333");
    private static final CallingPrincipal ALICE =
            new CallingPrincipal.User(OWNER, "arn:aws:iam::111122223333:user/alice", "AIDACKCEVSQ6C2EXAMPLE", Map.of());
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @Test
    void theDefaultPolicyLeavesAWay() {
        KeyPolicy policy = KeyPolicy.parse(KeyPolicy.defaultText(OWNER), OWNER);
        assertThat(policy.leavesAWayToChangeIt(ALICE, KEY)).isTrue();
    }

    /** Each statement is {@code effect principal action resource}, with {@code if} at its end for one with a condition. */
    @ParameterizedTest
    @CsvSource({
        "true,  Allow root kms:* *",
        "true,  Allow alice kms:PutKeyPolicy *",
        "true,  Allow * * *",
        "true,  Allow alice kms:putkeypolicy *",
        "true,  Allow alice kms:Put* arn:aws:kms:*:111122223333:key/*",
        "true,  Allow alice kms:* * if",
        "false, Allow bob kms:* *",
        "false, Allow alice kms:Get* *",
        "false, Allow alice kms:* arn:aws:kms:*:444455556666:key/*",
        "false, Allow other kms:* *",
        "false, Deny bob kms:* *",
        "false, Allow root kms:* *; Deny alice kms:* *",
        "false, Allow root kms:* *; Deny root kms:PutKeyPolicy *",
        "false, Deny * kms:P* *; Allow root kms:* *",
        "true,  Allow root kms:* *; Deny bob kms:* *",
        "true,  Allow root kms:* *; Deny alice kms:* * if",
        "true,  Allow root kms:* *; Deny alice kms:Decrypt *",
        "true,  Allow root kms:* *; Deny * kms:* arn:aws:kms:us-east-1:111122223333:key/other"
    })
    void needsAnAllowAndNoDeny(boolean expected, String statements) {
        assertThat(policy(statements).leavesAWayToChangeIt(ALICE, KEY)).isEqualTo(expected);
    }

    private static KeyPolicy policy(String statements) {
        StringBuilder document = new StringBuilder();
        for (String statement : statements.split("; ", -1)) {
            String[] parts = statement.split(" ", -1);
            document.append(document.isEmpty() ? "" : ",")
                    .append("""
                    {"Effect": "%s", "Principal": {"AWS": "%s"}, "Action": "%s", "Resource": "%s"%s}
                    """.formatted(parts[0], arn(parts[1]), parts[2], parts[3], condition(parts)));
        }
        return KeyPolicy.parse("{\"Statement\": [" + document + "]}", OWNER);
    }

    private static String arn(String name) {
        return switch (name) {
            case "*" -> "*";
            case "root" -> "arn:aws:iam::111122223333:root";
            case "other" -> "444455556666";
            default -> "arn:aws:iam::111122223333:user/" + name;
        };
    }

    private static String condition(String[] parts) {
        return parts.length > 4 ? ", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}}" : "";
    }
}
