package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A policy variable that the request has no value for equals nothing, and takes nothing else from a statement.
 *
 * <p>Source: AWS IAM User Guide, "Policy variables with no value".
 */
class VariableWithoutValueTest {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Resource':'*','Condition':{'StringNotEquals':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}'}}",
                "'Resource':'*','Condition':{'StringNotLike':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}-*'}}",
                "'Resource':'*','Condition':{'ForAnyValue:StringNotEquals':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}'}}",
                "'Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/team':['payments','${aws:PrincipalTag/team}']}}",
                "'NotResource':'arn:aws:kms:*:*:key/${aws:PrincipalTag/key}'",
                "'Resource':['arn:aws:kms:*:*:key/*','arn:aws:kms:*:*:alias/${aws:PrincipalTag/team}']",
            })
    void aDenyStands(String rest) {
        assertThat(isAllowed("{'Effect':'Allow','Action':'kms:*','Resource':'*'},{'Effect':'Deny','Action':'kms:*',"
                        + rest + "}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}'}}",
                "'Resource':'*','Condition':{'StringLike':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}*'}}",
                "'Resource':'arn:aws:kms:*:*:key/${aws:PrincipalTag/key}'",
            })
    void anAllowMatchesNothing(String rest) {
        assertThat(isAllowed("{'Effect':'Allow','Action':'kms:*'," + rest + "}"))
                .isFalse();
    }

    private static boolean isAllowed(String statements) {
        String text = ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
        CallingPrincipal anna =
                new CallingPrincipal.User(ACCOUNT, "arn:aws:iam::111122223333:user/anna", "AIDAANNA", Map.of());
        RequestContext context =
                RequestContext.builder().add("aws:ResourceTag/team", "payments").build();
        return PolicyEvaluator.decide(new AuthorizationRequest(
                        new PrincipalPolicies(anna, List.of(IdentityPolicy.parse("p", text)), List.of()),
                        "kms:Decrypt",
                        ProtectedResource.withoutPolicy(KEY, ACCOUNT),
                        context))
                .allowed();
    }
}
