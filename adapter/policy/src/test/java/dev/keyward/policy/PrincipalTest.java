package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
    @ParameterizedTest
    @CsvSource({
        "*,                                          arn:aws:iam::111122223333:user/alice,                      true",
        "111122223333,                               arn:aws:iam::111122223333:user/alice,                      true",
        "111122223333,                               arn:aws:sts::111122223333:assumed-role/admin/s,            true",
        "111122223333,                               arn:aws:iam::444455556666:user/alice,                      false",
        "arn:aws:iam::111122223333:root,             arn:aws:iam::111122223333:root,                            true",
        "arn:aws:iam::111122223333:root,             arn:aws:iam::111122223333:user/alice,                      true",
        "arn:aws:iam::111122223333:user/alice,       arn:aws:iam::111122223333:user/alice,                      true",
        "arn:aws:iam::111122223333:user/alice,       arn:aws:iam::111122223333:user/Alice,                      false",
        "arn:aws:iam::111122223333:user/alice,       arn:aws:iam::111122223333:root,                            false",
        "arn:aws:iam::111122223333:role/admin,       arn:aws:sts::111122223333:assumed-role/admin/session,      true",
        "arn:aws:iam::111122223333:role/a/b/admin,   arn:aws:sts::111122223333:assumed-role/admin/session,      true",
        "arn:aws:iam::111122223333:role/admin,       arn:aws:sts::444455556666:assumed-role/admin/session,      false",
        "arn:aws:iam::111122223333:role/admin,       arn:aws:sts::111122223333:assumed-role/administrator/s,    false",
        "arn:aws:iam::111122223333:user/admin,       arn:aws:sts::111122223333:assumed-role/admin/session,      false",
        "arn:aws:sts::111122223333:assumed-role/a/s, arn:aws:sts::111122223333:assumed-role/a/t,                false",
        "AIDACKCEVSQ6C2EXAMPLE,                      arn:aws:iam::111122223333:user/alice,                      false"
    })
    void coversWhomItNames(String principal, String arn, boolean expected) {
        assertThat(Principal.ofAws(principal).orElseThrow().covers(arn)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "11112222333",
                "1111222233334",
                "arn:aws:iam::111122223333:*",
                "arn:aws:iam::*:root",
                "arn:aws:iam::111122223333:user/",
                "arn:aws:iam::111122223333:user/al*ce",
                "arn:aws:iam::111122223333:role//x",
                "arn:aws:iam::111122223333:group/admins",
                "arn:aws:sts::111122223333:assumed-role/admin",
                "arn:aws:iam::111122223333:assumed-role/admin/s",
                "arn:aws:iam:us-east-1:111122223333:root",
                "arn:aws:s3:::bucket",
                "arn:aws:iam::111122223333:root\n",
                "AGPACKCEVSQ6C2EXAMPLE"
            })
    void refusesWhatIsNoAwsPrincipal(String text) {
        assertThat(Principal.ofAws(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "logs.us-east-1.amazonaws.com, true",
        "cloudtrail.amazonaws.com,     true",
        "sts.amazonaws.com.cn,         true",
        "*,                            false",
        "amazonaws.com,                false",
        "logs.example.com,             false"
    })
    void readsServices(String text, boolean expected) {
        assertThat(Principal.ofService(text).isPresent()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "cognito-identity.amazonaws.com,                                                 true",
        "arn:aws:iam::111122223333:saml-provider/corp,                                   true",
        "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com,    true",
        "arn:aws:iam::111122223333:user/alice,                                           false",
        "*,                                                                              false"
    })
    void readsIdentityProviders(String text, boolean expected) {
        assertThat(Principal.ofFederated(text).isPresent()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be, true",
        "79A59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be, false",
        "79a59df9,                                                         false"
    })
    void readsCanonicalUsers(String text, boolean expected) {
        assertThat(Principal.ofCanonicalUser(text).isPresent()).isEqualTo(expected);
    }
}
