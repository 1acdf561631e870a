package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
    private static final AccountId HERE = new AccountId("111122223333");
    private static final AccountId ELSEWHERE = new AccountId("444455556666");

    /** The callers of the table below, by name. */
    private static final Map<String, CallingPrincipal> CALLERS = Map.of(
            "root", new CallingPrincipal.RootUser(HERE),
            "alice", user(HERE, "alice", "AIDACKCEVSQ6C2EXAMPLE"),
            "second alice", user(HERE, "alice", "AIDACKCEVSQ6C2SECOND0"),
            "other alice", user(ELSEWHERE, "alice", "AIDACKCEVSQ6C2OTHERS0"),
            "admin session", session("role/admin"),
            "deep session", session("role/a/b/admin"));

    @ParameterizedTest
    @CsvSource({
        "*,                                                      alice,         PRINCIPAL, true",
        "*,                                                      root,          PRINCIPAL, true",
        "111122223333,                                           alice,         ACCOUNT,   false",
        "111122223333,                                           root,          ACCOUNT,   true",
        "111122223333,                                           admin session, ACCOUNT,   false",
        "111122223333,                                           other alice,   ,          false",
        "arn:aws:iam::111122223333:root,                         root,          ACCOUNT,   true",
        "arn:aws:iam::111122223333:root,                         alice,         ACCOUNT,   false",
        "arn:aws:iam::111122223333:user/alice,                   alice,         PRINCIPAL, true",
        "arn:aws:iam::111122223333:user/alice,                   second alice,  PRINCIPAL, true",
        "arn:aws:iam::111122223333:user/Alice,                   alice,         ,          false",
        "arn:aws:iam::111122223333:user/alice,                   root,          ,          false",
        "arn:aws:iam::111122223333:user/alice,                   other alice,   ,          false",
        "arn:aws:iam::111122223333:role/admin,                   admin session, ROLE,      false",
        "arn:aws:iam::111122223333:role/admin,                   deep session,  ,          false",
        "arn:aws:iam::111122223333:role/a/b/admin,               deep session,  ROLE,      false",
        "arn:aws:iam::444455556666:role/admin,                   admin session, ,          false",
        "arn:aws:iam::111122223333:role/administrator,           admin session, ,          false",
        "arn:aws:iam::111122223333:user/admin,                   admin session, ,          false",
        "arn:aws:sts::111122223333:assumed-role/admin/nightly,   admin session, PRINCIPAL, true",
        "arn:aws:sts::111122223333:assumed-role/admin/daily,     admin session, ,          false",
        "AIDACKCEVSQ6C2EXAMPLE,                                  alice,         PRINCIPAL, true",
        "AIDACKCEVSQ6C2EXAMPLE,                                  second alice,  ,          false",
        "AROACKCEVSQ6C2EXAMPLE,                                  admin session, ROLE,      false",
        "AROACKCEVSQ6C2EXAMPLE,                                  root,          ,          false"
    })
    void reachesWhomItNames(String text, String caller, @Nullable Reach reach, boolean exactly) {
        Principal principal = Principal.ofAws(text).orElseThrow();
        CallingPrincipal calling = Objects.requireNonNull(CALLERS.get(caller));

        assertThat(principal.reach(calling)).isEqualTo(Optional.ofNullable(reach));
        assertThat(principal.isExactly(calling)).isEqualTo(exactly);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:user/alice, AIDACKCEVSQ6C2EXAMPLE, alice,         true",
        "arn:aws:iam::111122223333:user/alice, AIDACKCEVSQ6C2EXAMPLE, second alice,  false",
        "arn:aws:iam::111122223333:role/admin, AROACKCEVSQ6C2EXAMPLE, admin session, true",
        "arn:aws:iam::111122223333:role/admin, AROACKCEVSQ6C2FORMER0, admin session, false"
    })
    void isBoundToAUniqueId(String arn, String boundTo, String caller, boolean expected) {
        Principals bound = new Principals(false, List.of(new Principal.Identity(arn))).boundTo(Map.of(arn, boundTo));
        assertThat(bound.reach(Objects.requireNonNull(CALLERS.get(caller))).isPresent())
                .isEqualTo(expected);
    }

    @Test
    void whoeverCouldNotBeBoundIsNobody() {
        Principals bound = new Principals(
                        false, List.of(new Principal.Identity("arn:aws:iam::111122223333:user/alice")))
                .boundTo(Map.of());
        assertThat(CALLERS.values())
                .allSatisfy(caller -> assertThat(bound.reach(caller)).isEmpty());
    }

    /** AWS's own example leaves out a user by naming the user and the account: the account alone leaves out its root user. */
    @ParameterizedTest
    @CsvSource({
        "root,          false",
        "alice,         true",
        "other alice,   true",
        "admin session, true",
    })
    void notPrincipalLeavesOutOnlyWhomItNamesExactly(String caller, boolean isAbout) {
        Principals allBut = new Principals(
                true,
                List.of(new Principal.Account(HERE), new Principal.Identity("arn:aws:iam::111122223333:role/admin")));
        assertThat(allBut.reach(Objects.requireNonNull(CALLERS.get(caller))).isPresent())
                .isEqualTo(isAbout);
    }

    private static CallingPrincipal user(AccountId account, String name, String uniqueId) {
        return new CallingPrincipal.User(account, "arn:aws:iam::" + account + ":user/" + name, uniqueId, Map.of());
    }

    private static CallingPrincipal session(String role) {
        return new CallingPrincipal.RoleSession(
                HERE, "arn:aws:iam::111122223333:" + role, "AROACKCEVSQ6C2EXAMPLE", "nightly", Map.of());
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
