package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.policy.Condition.Quantifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPolicyTest {
    static final AccountId OWNER = new AccountId("111122223333");

    @Test
    void theDefaultIsLaidOutAsAwsDoes() {
        assertThat(KeyPolicy.defaultText(OWNER).lines())
                .containsExactly(
                        "{",
                        "  \"Version\" : \"2012-10-17\",",
                        "  \"Id\" : \"key-default-1\",",
                        "  \"Statement\" : [ {",
                        "    \"Sid\" : \"Enable IAM User Permissions\",",
                        "    \"Effect\" : \"Allow\",",
                        "    \"Principal\" : {",
                        "      \"AWS\" : \"arn:aws:iam::111122223333:root\"",
                        "    },",
                        "    \"Action\" : \"kms:*\",",
                        "    \"Resource\" : \"*\"",
                        "  } ]",
                        "}");
    }

    @Test
    void theDefaultLetsTheAccountDoEverything() {
        assertThat(KeyPolicy.parse(KeyPolicy.defaultText(OWNER), OWNER))
                .isEqualTo(new KeyPolicy(
                        OWNER,
                        PolicyVersion.OF_2012,
                        "key-default-1",
                        List.of(new Statement(
                                "Enable IAM User Permissions",
                                Effect.ALLOW,
                                new Principals(false, List.of(new Principal.Account(OWNER))),
                                new Actions(false, List.of(new WildcardPattern("kms:*"))),
                                new Resources(false, List.of(new WildcardPattern("*"))),
                                List.of()))));
    }

    @Test
    void everyElementReachesTheModel() {
        KeyPolicy policy = KeyPolicy.parse("""
                {
                  "Version": "2008-10-17",
                  "Statement": {
                    "Effect": "Deny",
                    "NotPrincipal": {
                      "AWS": ["*", "444455556666", "arn:aws:iam::111122223333:role/r", "AIDACKCEVSQ6C2EXAMPLE"],
                      "Service": "logs.amazonaws.com",
                      "Federated": "accounts.google.com",
                      "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
                    },
                    "NotAction": ["kms:Describe*", "KMS:List?eys"],
                    "NotResource": "arn:aws:kms:*:111122223333:key/*",
                    "Condition": {
                      "ForAnyValue:StringLikeIfExists": {"kms:EncryptionContext:App": ["a*", "b"]},
                      "NumericLessThan": {"aws:MultiFactorAuthAge": 300.5},
                      "Bool": {"kms:GrantIsForAWSResource": true},
                      "Null": {"kms:ViaService": "false"}
                    }
                  }
                }
                """, OWNER);

        assertThat(policy)
                .isEqualTo(new KeyPolicy(
                        OWNER,
                        PolicyVersion.OF_2008,
                        null,
                        List.of(new Statement(
                                null,
                                Effect.DENY,
                                new Principals(
                                        true,
                                        List.of(
                                                new Principal.Everyone(),
                                                new Principal.Account(new AccountId("444455556666")),
                                                new Principal.Identity("arn:aws:iam::111122223333:role/r"),
                                                new Principal.UniqueId("AIDACKCEVSQ6C2EXAMPLE"),
                                                new Principal.Service("logs.amazonaws.com"),
                                                new Principal.Federated("accounts.google.com"),
                                                new Principal.CanonicalUser(
                                                        "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"))),
                                new Actions(
                                        true,
                                        List.of(
                                                new WildcardPattern("kms:Describe*"),
                                                new WildcardPattern("KMS:List?eys"))),
                                new Resources(true, List.of(new WildcardPattern("arn:aws:kms:*:111122223333:key/*"))),
                                List.of(
                                        new Condition(
                                                ConditionOperator.STRING_LIKE,
                                                Quantifier.FOR_ANY_VALUE,
                                                true,
                                                "kms:EncryptionContext:App",
                                                List.of("a*", "b")),
                                        new Condition(
                                                ConditionOperator.NUMERIC_LESS_THAN,
                                                Quantifier.SINGLE,
                                                false,
                                                "aws:MultiFactorAuthAge",
                                                List.of("300.5")),
                                        new Condition(
                                                ConditionOperator.BOOL,
                                                Quantifier.SINGLE,
                                                false,
                                                "kms:GrantIsForAWSResource",
                                                List.of("true")),
                                        new Condition(
                                                ConditionOperator.NULL,
                                                Quantifier.SINGLE,
                                                false,
                                                "kms:ViaService",
                                                List.of("false")))))));
    }

    @Test
    void aDocumentWithoutAVersionIsOfTheFirst() {
        KeyPolicy policy =
                KeyPolicy.parse("{'Statement': [{%s}]}".formatted(ALLOW_ALL).replace('\'', '"'), OWNER);
        assertThat(policy.version()).isEqualTo(PolicyVersion.OF_2008);
    }

    @Test
    void theLimitIsInBytes() {
        String head = "{\"Id\": \"";
        String tail = "\", \"Statement\": [{" + ALLOW_ALL.replace('\'', '"') + "}]}";
        int room = KeyPolicy.MAXIMUM_LENGTH_BYTES - head.length() - tail.length();
        String longest = head + "x".repeat(room) + tail;

        assertThat(KeyPolicy.parse(longest, OWNER).id()).hasSize(room);
        assertMalformed(longest + " ", "The policy document is longer than 32768 bytes.");
        assertMalformed(head + "\u00e9".repeat(room / 2 + 1) + tail, "The policy document is longer than 32768 bytes.");
    }

    private static final String ALLOW_ALL = "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'",
                "'Effect':'Allow','Principal':{'AWS':'*'},'Action':['kms:*'],'Resource':['*']",
                "'Sid':'','Effect':'Allow','Principal':'*','Action':'*','Resource':'*'",
                "'Sid':'Allow use (by RDS), version 2','Effect':'Allow','Principal':'*','Action':'*','Resource':'*'",
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{}",
                "'Effect':'Allow','Principal':'*','NotAction':'kms:Decrypt','Resource':'*'",
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'arn:aws:kms:*'",
                "'Effect':'Deny','NotPrincipal':{'AWS':'111122223333'},'Action':'*','Resource':'*'",
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*',"
                        + "'Condition':{'IpAddress':{'aws:SourceIp':['203.0.113.0/24','2001:db8::/32']}}",
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'oidc.eks.us-east-1.amazonaws.com/id/X:sub':'a'}}",
                "'Effect':'Allow','Principal':'*','Action':'*','Resource':'*',"
                        + "'Condition':{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}"
            })
    void accepts(String statement) {
        KeyPolicy policy = KeyPolicy.parse(document(statement), OWNER);
        assertThat(policy.statements()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void refusesStatements(String statement, String reason) {
        assertMalformed(document(statement), reason);
    }

    private static final String INVALID_PRINCIPALS =
            "Policy contains a statement with one or more invalid principals. Statement 1, ";

    static Stream<Arguments> refusesStatements() {
        return Stream.of(
                refusal("", "Statement 1: the element Effect is missing."),
                refusal(ALLOW_ALL + ",'Version':'2012-10-17'", "Statement 1: unknown element 'Version'."),
                refusal(ALLOW_ALL + ",'effect':'Allow'", "Statement 1: unknown element 'effect'."),
                refusal(
                        ALLOW_ALL + ",'Sid':'a\\u0007b'",
                        "Statement 1, Sid: must be at most 512 printable characters, not 'a?b'."),
                refusal(ALLOW_ALL + ",'Sid':7", "Statement 1, Sid: must be a string."),
                refusal(
                        "'Effect':'allow','Principal':'*','Action':'*','Resource':'*'",
                        "Statement 1, Effect: must be Allow or Deny, not 'allow'."),
                refusal(
                        "'Effect':['Allow'],'Principal':'*','Action':'*','Resource':'*'",
                        "Statement 1, Effect: must be a string."),
                refusal(
                        "'Effect':'Allow','Action':'*','Resource':'*'",
                        "Statement 1: exactly one of Principal and NotPrincipal must be given."),
                refusal(
                        ALLOW_ALL + ",'NotPrincipal':'*'",
                        "Statement 1: exactly one of Principal and NotPrincipal must be given."),
                refusal(
                        "'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'},'Action':'*','Resource':'*'",
                        "Statement 1: NotPrincipal must be used with Effect Deny."),
                refusal(withPrincipal("'111122223333'"), "Statement 1, Principal: must be a JSON object."),
                refusal(withPrincipal("null"), "Statement 1, Principal: must be a JSON object."),
                refusal(withPrincipal("{}"), INVALID_PRINCIPALS + "Principal names none."),
                refusal(withPrincipal("{'AWS':[]}"), "Statement 1, Principal, AWS: the list is empty."),
                refusal(withPrincipal("{'AWS':'alice'}"), INVALID_PRINCIPALS + "Principal, AWS names 'alice'."),
                refusal(
                        withPrincipal("{'AWS':['111122223333','arn:aws:iam::*:root']}"),
                        INVALID_PRINCIPALS + "Principal, AWS names 'arn:aws:iam::*:root'."),
                refusal(withPrincipal("{'Service':'*'}"), INVALID_PRINCIPALS + "Principal, Service names '*'."),
                refusal(withPrincipal("{'User':'x'}"), INVALID_PRINCIPALS + "Principal has the unknown kind 'User'."),
                refusal(
                        "'Effect':'Allow','Principal':'*','Resource':'*'",
                        "Statement 1: exactly one of Action and NotAction must be given."),
                refusal(
                        ALLOW_ALL + ",'NotAction':'*'",
                        "Statement 1: exactly one of Action and NotAction must be given."),
                refusal(
                        withAction("'s3:GetObject'"),
                        "Statement 1, Action: must be * or kms: and an operation's name, not 's3:GetObject'."),
                refusal(
                        withAction("'k*:Encrypt'"),
                        "Statement 1, Action: must be * or kms: and an operation's name, not 'k*:Encrypt'."),
                refusal(
                        withAction("['kms:*','kms:']"),
                        "Statement 1, Action: must be * or kms: and an operation's name, not 'kms:'."),
                refusal(withAction("[]"), "Statement 1, Action: the list is empty."),
                refusal(withAction("{}"), "Statement 1, Action: must be a string or a list of strings."),
                refusal(withAction("[7]"), "Statement 1, Action: must be a string or a list of strings."),
                refusal(
                        "'Effect':'Allow','Principal':'*','Action':'*'",
                        "Statement 1: exactly one of Resource and NotResource must be given."),
                refusal(
                        "'Effect':'Allow','Principal':'*','Action':'*','Resource':'key/1'",
                        "Statement 1, Resource: must be * or an ARN, not 'key/1'."),
                refusal(withCondition("[]"), "Statement 1, Condition: must be a JSON object."),
                refusal(
                        withCondition("{'StringEquals':{}}"),
                        "Statement 1, Condition, StringEquals: names no condition key."),
                refusal(
                        withCondition("{'StringSimilar':{'aws:x':'a'}}"),
                        "Statement 1, Condition: unknown operator 'StringSimilar'."),
                refusal(
                        withCondition("{'ForSomeValues:StringLike':{'aws:x':'a'}}"),
                        "Statement 1, Condition: unknown operator 'ForSomeValues:StringLike'."),
                refusal(
                        withCondition("{'IfExists':{'aws:x':'a'}}"),
                        "Statement 1, Condition: unknown operator 'IfExists'."),
                refusal(
                        withCondition("{'NullIfExists':{'aws:x':'true'}}"),
                        "Statement 1, Condition: 'NullIfExists' is not allowed: Null stands alone."),
                refusal(
                        withCondition("{'StringEquals':{'nocolon':'a'}}"),
                        "Statement 1, Condition, StringEquals: 'nocolon' is not a condition key."),
                refusal(
                        withCondition("{'StringEquals':{'aws:x':null}}"),
                        "Statement 1, Condition, StringEquals, aws:x: must be a string, a number, true, false, or a list"
                                + " of these."),
                refusal(
                        withCondition("{'StringEquals':{'aws:x':[]}}"),
                        "Statement 1, Condition, StringEquals, aws:x: the list is empty."),
                refusal(
                        withCondition("{'NumericEquals':{'aws:x':'many'}}"),
                        "Statement 1, Condition, NumericEquals, aws:x: must be a number, not 'many'."),
                refusal(
                        withCondition("{'Bool':{'aws:x':['true','maybe']}}"),
                        "Statement 1, Condition, Bool, aws:x: must be true or false, not 'maybe'."));
    }

    @ParameterizedTest
    @MethodSource
    void refusesDocuments(String document, String reason) {
        assertMalformed(document.replace('\'', '"'), reason);
    }

    static Stream<Arguments> refusesDocuments() {
        String statements = "'Statement':[{" + ALLOW_ALL + "}]";
        return Stream.of(
                refusal("", "The policy document: must be a JSON object."),
                refusal("  \n", "The policy document: must be a JSON object."),
                refusal("null", "The policy document: must be a JSON object."),
                refusal("[{" + statements + "}]", "The policy document: must be a JSON object."),
                refusal("{}", "The policy document: the element Statement is missing."),
                refusal("{'Statement':[]}", "The policy document, Statement: the list is empty."),
                refusal("{'Statement':'x'}", "Statement 1: must be a JSON object."),
                refusal("{'Statement':[{" + ALLOW_ALL + "},7]}", "Statement 2: must be a JSON object."),
                refusal("{'Comment':'x'," + statements + "}", "The policy document: unknown element 'Comment'."),
                refusal(
                        "{'Version':'2012-10-18'," + statements + "}",
                        "The policy document, Version: must be 2012-10-17 or 2008-10-17, not '2012-10-18'."),
                refusal("{'Version':2012," + statements + "}", "The policy document, Version: must be a string."),
                refusal("{'Id':null," + statements + "}", "The policy document, Id: must be a string."),
                refusal("{" + statements, NOT_A_POLICY),
                refusal("{" + statements + "}{}", NOT_A_POLICY),
                refusal("{" + statements + ",}", NOT_A_POLICY),
                refusal("{'Id':'a','Id':'a'," + statements + "}", NOT_A_POLICY),
                refusal("{'Statement':[{'Effect':'Deny'," + ALLOW_ALL + "}]}", NOT_A_POLICY),
                refusal("[".repeat(10_000) + "]".repeat(10_000), NOT_A_POLICY),
                refusal("{" + statements + "} // why", NOT_A_POLICY));
    }

    private static final String NOT_A_POLICY = "The policy document is not JSON that can be a policy";

    @Test
    void quotesNoMoreThanItMust() {
        assertThatThrownBy(() -> KeyPolicy.parse(document(withAction("'" + "x".repeat(30_000) + "'")), OWNER))
                .message()
                .hasSizeLessThan(250);
    }

    private static String withPrincipal(String principal) {
        return "'Effect':'Allow','Principal':" + principal + ",'Action':'*','Resource':'*'";
    }

    private static String withAction(String action) {
        return "'Effect':'Allow','Principal':'*','Action':" + action + ",'Resource':'*'";
    }

    private static String withCondition(String condition) {
        return ALLOW_ALL + ",'Condition':" + condition;
    }

    private static Arguments refusal(String input, String reason) {
        return Arguments.of(input, reason);
    }

    private static String document(String statement) {
        return ("{'Version':'2012-10-17','Statement':[{" + statement + "}]}").replace('\'', '"');
    }

    private static void assertMalformed(String document, String reason) {
        assertThatThrownBy(() -> KeyPolicy.parse(document, OWNER))
                .isInstanceOfSatisfying(KeywardException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_POLICY_DOCUMENT);
                    if (reason.equals(NOT_A_POLICY)) {
                        assertThat(refusal.getMessage()).startsWith(reason);
                    } else {
                        assertThat(refusal.getMessage()).isEqualTo(reason);
                    }
                });
    }
}
