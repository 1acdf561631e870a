package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What conditions hold: the cells are in {@code conditions.csv}. */
class ConditionTest {
    private static final String NO_SUCH_KEY = "-";

    /**
     * @param operator as a policy names it
     * @param values the policy's values, with bars between them
     * @param actual the request's values of the key, with bars between them; {@code -} for no such key
     */
    @ParameterizedTest
    @CsvFileSource(resources = "conditions.csv", numLinesToSkip = 1)
    void holds(String operator, String values, String actual, boolean expected) {
        RequestContext.Builder context = RequestContext.builder().add("aws:username", "alice");
        if (!actual.equals(NO_SUCH_KEY)) {
            context.addAll("test:Key", List.of(actual.split("\\|", -1)));
        }
        Condition condition = condition(operator, values);
        assertThat(condition.holds(context.build(), variables(context.build()))).isEqualTo(expected);
    }

    @Test
    void theNamesOfKeysHaveNoCase() {
        RequestContext context = RequestContext.builder()
                .add("KMS:encryptioncontext:app", "x")
                .add("kms:EncryptionContext:App", "y")
                .build();
        assertThat(context.values("kms:EncryptionContext:APP")).containsExactly("x", "y");
    }

    private static PolicyVariables variables(RequestContext context) {
        return PolicyVariables.of(PolicyVersion.OF_2012, context);
    }

    private static Condition condition(String operator, String values) {
        String list = "[\"" + values.replace("|", "\",\"") + "\"]";
        return IdentityPolicy.parse("test", """
                        {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
                          "Condition": {"%s": {"TEST:key": %s}}}}
                        """.formatted(operator, list))
                .statements()
                .getFirst()
                .conditions()
                .getFirst();
    }
}
