package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encryption contexts are written {@code a=1 b=2}; an empty one is {@code none}, and no constraint at all is left out. */
class GrantRulesTest {
    @ParameterizedTest
    @CsvSource({
        // operations,                operation,    equals, subset,  context,     allowed
        "Encrypt Decrypt,             Decrypt,      ,       ,        none,        true",
        "Encrypt Decrypt,             Decrypt,      ,       ,        a=1,         true",
        "Encrypt,                     Decrypt,      ,       ,        none,        false",
        "ReEncryptFrom,               ReEncryptTo,  ,       ,        none,        false",
        "Decrypt,                     decrypt,      ,       ,        none,        false",
        "Decrypt,                     Decrypt,      a=1,    ,        a=1,         true",
        "Decrypt,                     Decrypt,      a=1,    ,        a=1 b=2,     false",
        "Decrypt,                     Decrypt,      a=1,    ,        A=1,         false",
        "Decrypt,                     Decrypt,      a=1,    ,        none,        false",
        "Decrypt,                     Decrypt,      ,       a=1,     a=1,         true",
        "Decrypt,                     Decrypt,      ,       a=1,     a=1 b=2,     true",
        "Decrypt,                     Decrypt,      ,       a=1,     a=2,         false",
        "Decrypt,                     Decrypt,      ,       a=1 b=2, a=1,         false",
        "Decrypt,                     Decrypt,      ,       a=1,     none,        false",
        "DescribeKey,                 DescribeKey,  a=1,    ,        ,            true",
        "CreateGrant Decrypt,         CreateGrant,  ,       ,        ,            false",
        "RetireGrant,                 RetireGrant,  ,       ,        ,            false"
    })
    void allowTheirOperationsUnderTheirConstraints(
            String operations,
            String operation,
            @Nullable String equals,
            @Nullable String subset,
            @Nullable String context,
            boolean allowed) {
        GrantRecord grant = grant("alice", operations, pairs(equals), pairs(subset));
        assertThat(GrantRules.using(grant, operation, pairs(context)).isPresent())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        // operations,          equals, subset,  wanted operations,   equals,  subset,  allowed
        "CreateGrant Decrypt,   ,       ,        Decrypt,             ,        ,        true",
        "CreateGrant Decrypt,   ,       ,        Decrypt CreateGrant, a=1,     ,        true",
        "CreateGrant Decrypt,   ,       ,        Decrypt Encrypt,     ,        ,        false",
        "Decrypt,               ,       ,        Decrypt,             ,        ,        false",
        "CreateGrant Decrypt,   a=1,    ,        Decrypt,             a=1,     ,        true",
        "CreateGrant Decrypt,   a=1,    ,        Decrypt,             ,        a=1,     false",
        "CreateGrant Decrypt,   a=1,    ,        Decrypt,             a=1 b=2, ,        false",
        "CreateGrant Decrypt,   a=1,    ,        Decrypt,             ,        ,        false",
        "CreateGrant Decrypt,   ,       a=1,     Decrypt,             ,        a=1,     true",
        "CreateGrant Decrypt,   ,       a=1,     Decrypt,             ,        a=1 b=2, true",
        "CreateGrant Decrypt,   ,       a=1,     Decrypt,             a=1 b=2, ,        true",
        "CreateGrant Decrypt,   ,       a=1 b=2, Decrypt,             ,        a=1,     false",
        "CreateGrant Decrypt,   ,       a=1,     Decrypt,             b=2,     ,        false",
        "CreateGrant Decrypt,   ,       a=1,     Decrypt,             ,        ,        false"
    })
    void passOnWhatIsNoWider(
            String operations,
            @Nullable String equals,
            @Nullable String subset,
            String wanted,
            @Nullable String wantedEquals,
            @Nullable String wantedSubset,
            boolean allowed) {
        GrantRecord grant = grant("alice", operations, pairs(equals), pairs(subset));
        GrantRules.Terms terms =
                new GrantRules.Terms(Set.of(wanted.split(" ", -1)), pairs(wantedEquals), pairs(wantedSubset));
        assertThat(GrantRules.passingOn(grant, terms).isPresent()).isEqualTo(allowed);
    }

    /** Whoever has the grantee's ARN, but not its unique id, has been made after the grant. */
    @ParameterizedTest
    @CsvSource({
        // grantee, unique id,         caller, reach
        "alice,     own,               alice,  PRINCIPAL",
        "alice,     AIDAFORMERALICE,   alice,  ",
        "alice,     ,                  alice,  ",
        "alice,     own,               bob,    ",
        "role,      own,               admin,  ROLE",
        "role,      AROAFORMER,        admin,  ",
        "session,   own,               admin,  PRINCIPAL",
        "session,   AROAFORMER:nightly, admin,  ",
        "account,   own,               alice,  ACCOUNT"
    })
    void meanWhomTheyMeantWhenTheyWereCreated(
            String grantee, @Nullable String uniqueId, String caller, @Nullable Reach reach) {
        String granteeId = "own".equals(uniqueId) ? id(grantee) : uniqueId;

        assertThat(GrantRules.using(grant(grantee, granteeId, "Decrypt", null, null), "Decrypt", Map.of())
                        .flatMap(grant -> grant.principal().reach(Statements.caller(caller))))
                .isEqualTo(Optional.ofNullable(reach));
    }

    @Test
    void areRetiredByTheirRetiringPrincipalAndTheirAccounts() {
        assertThat(GrantRules.retiring(grant("alice", "Decrypt", null, null)))
                .extracting(ApplicableGrant::principal, ApplicableGrant::sufficesAcrossAccounts)
                .containsExactly(
                        Assertions.tuple(identity("bob"), true),
                        Assertions.tuple(new Principal.Account(Statements.ELSEWHERE), false),
                        Assertions.tuple(new Principal.Account(Statements.HERE), false));
    }

    @Test
    void areRetiredByTheirGranteeIfTheySaySo() {
        assertThat(GrantRules.retiring(grant("alice", "RetireGrant", null, null)))
                .extracting(ApplicableGrant::principal)
                .contains(identity("alice"));
    }

    /** The test's grants are issued from elsewhere: its principals need no identity policy, others do. */
    @ParameterizedTest
    @CsvSource({"stranger, true", "elsewhere, true", "alice, false", "account, false"})
    void areTrustedByTheAccountThatIssuedThem(String grantee, boolean suffices) {
        Optional<ApplicableGrant> grant = GrantRules.using(grant(grantee, "Decrypt", null, null), "Decrypt", Map.of());
        assertThat(grant.orElseThrow().sufficesAcrossAccounts()).isEqualTo(suffices);
    }

    private static Principal identity(String name) {
        CallingPrincipal caller = Statements.caller(name);
        return new Principal.Identity(caller.arn(), caller.userId());
    }

    private static GrantRecord grant(
            String grantee,
            String operations,
            @Nullable Map<String, String> equals,
            @Nullable Map<String, String> subset) {
        return grant(grantee, id(grantee), operations, equals, subset);
    }

    private static String id(String name) {
        return switch (name) {
            case "account" -> Statements.HERE.value();
            case "elsewhere" -> Statements.ELSEWHERE.value();
            case "role" -> Statements.caller("admin").identityId();
            case "session" -> Statements.caller("admin").userId();
            default -> Statements.caller(name).userId();
        };
    }

    private static GrantRecord grant(
            String grantee,
            @Nullable String granteeId,
            String operations,
            @Nullable Map<String, String> equals,
            @Nullable Map<String, String> subset) {
        return new GrantRecord(
                new Scope(Statements.HERE, new Region("us-east-1")),
                "g1",
                new KeyId("1234abcd-12ab-34cd-56ef-1234567890ab"),
                null,
                Statements.principal(grantee),
                granteeId,
                null,
                Statements.principal("bob"),
                id("bob"),
                null,
                List.of(operations.split(" ", -1)),
                equals,
                subset,
                null,
                Statements.principal("elsewhere"),
                Instant.EPOCH);
    }

    private static @Nullable Map<String, String> pairs(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, String> pairs = new TreeMap<>();
        if (!text.equals("none")) {
            for (String pair : text.split(" ", -1)) {
                String[] sides = pair.split("=", -1);
                pairs.put(sides[0], sides[1]);
            }
        }
        return pairs;
    }
}
