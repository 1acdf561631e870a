package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is given as a policy, it is accepted or refused as malformed, and nothing else happens. */
class HostilePolicyTest {
    private static final AccountId OWNER = new AccountId("111122223333");

    private static final List<String> WORDS = List.of(
            "Version",
            "2012-10-17",
            "2008-10-17",
            "Id",
            "Statement",
            "Sid",
            "Effect",
            "Allow",
            "Deny",
            "Principal",
            "NotPrincipal",
            "AWS",
            "Service",
            "Federated",
            "CanonicalUser",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
            "*",
            "kms:*",
            "kms:Encrypt",
            "111122223333",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/a",
            "logs.amazonaws.com",
            "StringEquals",
            "NumericLessThanIfExists",
            "ForAnyValue:ArnLike",
            "IpAddress",
            "DateEquals",
            "BinaryEquals",
            "Null",
            "aws:SourceIp",
            "10.0.0.0/8",
            "",
            "\\u0000",
            "\\ud800",
            "true");

    @Property
    void anyText(@ForAll String text) {
        assertAcceptedOrMalformed(text);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyJson(@ForAll("json") String text) {
        assertAcceptedOrMalformed(text);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyStatementOfKnownElements(@ForAll("statements") String statement) {
        assertAcceptedOrMalformed("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}");
    }

    @Property
    void aDamagedPolicy(
            @ForAll @IntRange(max = 10_000) int place, @ForAll @IntRange(max = 3) int cut, @ForAll String inserted) {
        StringBuilder text = new StringBuilder(KeyPolicy.defaultText(OWNER));
        int at = place % text.length();
        text.replace(at, Math.min(text.length(), at + cut), inserted);
        assertAcceptedOrMalformed(text.toString());
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of(WORDS).map(HostilePolicyTest::quoted),
                Arbitraries.of("null", "true", "0", "-1.5", "1e999999999", "12345678901234567890"));
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> json().list().ofMaxSize(3).map(HostilePolicyTest::list),
                () -> member(json()).list().ofMaxSize(4).map(HostilePolicyTest::object));
    }

    @Provide
    Arbitrary<String> statements() {
        return Combinators.combine(json(), json(), json(), json())
                .as((principal, action, resource, condition) -> """
                        {"Effect": "Allow", "Principal": %s, "Action": %s, "Resource": %s, "Condition": %s}
                        """.formatted(principal, action, resource, condition));
    }

    private static Arbitrary<String> member(Arbitrary<String> value) {
        return Combinators.combine(Arbitraries.of(WORDS), value).as((name, given) -> quoted(name) + ":" + given);
    }

    private static String quoted(String word) {
        return '"' + word + '"';
    }

    private static String list(List<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(List<String> members) {
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private static void assertAcceptedOrMalformed(String text) {
        try {
            KeyPolicy policy = KeyPolicy.parse(text, OWNER);
            assertThat(policy.statements()).isNotEmpty();
        } catch (KeywardException refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_POLICY_DOCUMENT);
            assertThat(refusal.getMessage()).isNotBlank();
        }
    }
}
