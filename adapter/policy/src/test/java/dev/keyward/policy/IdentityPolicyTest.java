package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityPolicyTest {
    @Test
    void isAboutWhomItBelongsTo() {
        IdentityPolicy policy = parse("'Effect':'Allow','Action':['kms:*','s3:Get*'],'Resource':'*'");
        assertThat(policy.name()).isEqualTo("test");
        assertThat(policy.version()).isEqualTo(PolicyVersion.OF_2012);
        assertThat(policy.statements())
                .singleElement()
                .extracting(Statement::principals)
                .isEqualTo(Principals.HOLDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Effect':'Allow','Action':'*','Resource':'*'",
                "'Sid':'Keys1','Effect':'Deny','NotAction':'iam:*','NotResource':'arn:aws:kms:*:111122223333:key/*'",
                "'Effect':'Allow','Action':'aws-portal:ViewBilling','Resource':'*'",
                "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:*:*:alias/${aws:username}'"
            })
    void accepts(String statement) {
        assertThat(parse(statement).statements()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'Principal':'*','Effect':'Allow','Action':'*','Resource':'*'"
                        + "| Policy document should not specify a principal. Statement 1 has Principal.",
                "'NotPrincipal':'*','Effect':'Deny','Action':'*','Resource':'*'"
                        + "| Policy document should not specify a principal. Statement 1 has NotPrincipal.",
                "'Sid':'Two words','Effect':'Allow','Action':'*','Resource':'*'"
                        + "| Statement 1, Sid: must be at most 512 letters and digits, not 'Two words'.",
                "'Effect':'Allow','Action':'Decrypt','Resource':'*'"
                        + "| Statement 1, Action: must be * or a service's prefix, a colon and an operation's name, not"
                        + " 'Decrypt'.",
                "'Effect':'Allow','Action':'*'"
                        + "| Statement 1: exactly one of Resource and NotResource must be given.",
                "'Effect':'Allow','Action':'*','Resource':'*',"
                        + "'Condition':{'ForAllValues:StringEquals':{'kms:encryptioncontext:App':'x'}}"
                        + "| OverlyPermissiveCondition:EncryptionContext: Using the ForAllValues set operator with a"
                        + " single-valued condition key matches requests without the specified encryption context or with"
                        + " an unspecified encryption context. To fix, remove ForAllValues.",
                "'Effect':'Allow','Action':'*','Resource':'*',"
                        + "'Condition':{'ForAllValues:StringLike':{'aws:RequestTag/Team':'x'}}"
                        + "| OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition"
                        + " key matches requests without the specified tag or with an unspecified tag. To fix, remove"
                        + " ForAllValues."
            })
    void refuses(String statement, String reason) {
        assertThatThrownBy(() -> parse(statement))
                .hasMessage(reason)
                .isInstanceOfSatisfying(
                        KeywardException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_POLICY_DOCUMENT));
    }

    @Test
    void hasALimitOfItsOwn() {
        String blank = " ".repeat(IdentityPolicy.MAXIMUM_LENGTH_BYTES + 1);
        assertThatThrownBy(() -> IdentityPolicy.parse("test", blank))
                .hasMessage("The policy document is longer than 10240 bytes.");
    }

    private static IdentityPolicy parse(String statement) {
        String document = "{'Version':'2012-10-17','Statement':{" + statement + "}}";
        return IdentityPolicy.parse("test", document.replace('\'', '"'));
    }
}
