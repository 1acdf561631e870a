package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyVariablesTest {
    private static final RequestContext CONTEXT = RequestContext.builder()
            .add("aws:username", "alice")
            .add("aws:PrincipalTag/Team", "blue*")
            .add("aws:TagKeys", "a")
            .add("aws:TagKeys", "b")
            .build();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "plain,                             plain",
                "${aws:username},                   alice",
                "home/${aws:username}/*,            home/alice/*",
                "${AWS:UserName},                   alice",
                "${aws:username}-${aws:username},   alice-alice",
                "${aws:PrincipalTag/team},          blue*",
                "${*}${?}${$},                      *?$",
                "${aws:userid},                     ",
                "\"${aws:userid, 'nobody'}\",       nobody",
                "\"${aws:userid,'no body'}\",       no body",
                "\"${aws:username, 'nobody'}\",     alice",
                "\"${aws:userid, ''}\",             \"\"",
                "${aws:TagKeys},                    ",
                "\"${aws:TagKeys, 'x'}\",           ",
                "${aws:username,                    ${aws:username",
                "${},                               ${}"
            })
    void standForWhatTheRequestHas(String text, @Nullable String resolved) {
        assertThat(PolicyVariables.of(PolicyVersion.OF_2012, CONTEXT)
                        .resolve(new WildcardPattern(text))
                        .map(WildcardPattern::text)
                        .orElse(null))
                .isEqualTo(resolved);
    }

    @Test
    void areTextInTheFirstVersionOfTheLanguage() {
        assertThat(PolicyVariables.of(PolicyVersion.OF_2008, CONTEXT).resolve(new WildcardPattern("${aws:username}")))
                .contains(new WildcardPattern("${aws:username}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'${aws:PrincipalTag/Team}',  blue*,  true",
        "'${aws:PrincipalTag/Team}',  blueX,  false",
        "'${aws:PrincipalTag/Team}*', blue*X, true",
        "'${*}',                      *,      true",
        "'${*}',                      X,      false",
        "'a${?}?',                    a?X,    true",
        "'a${?}?',                    aXX,    false"
    })
    void bringNoWildcards(String text, String value, boolean expected) {
        WildcardPattern pattern = PolicyVariables.of(PolicyVersion.OF_2012, CONTEXT)
                .resolve(new WildcardPattern(text))
                .orElseThrow();
        assertThat(pattern.matches(value)).isEqualTo(expected);
    }
}
