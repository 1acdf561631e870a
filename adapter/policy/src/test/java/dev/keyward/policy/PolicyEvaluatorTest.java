package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.CallingPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with a key of account 111122223333: the cases are in {@code decisions.csv}. */
class PolicyEvaluatorTest {
    /**
     * @param keyPolicy empty for none, as where only grants decide
     * @param grants {@code grantee operation}, and {@code trust} if it needs no identity policy in the grantee's account
     * @param why what decided; for a refusal the end of its message
     */
    @ParameterizedTest
    @CsvFileSource(resources = "decisions.csv", delimiter = '|', numLinesToSkip = 1)
    void decides(
            String caller,
            String action,
            @Nullable String keyPolicy,
            @Nullable String identityPolicies,
            @Nullable String sessionPolicies,
            @Nullable String grants,
            boolean allowed,
            String why) {
        CallingPrincipal principal = Statements.caller(caller);
        AuthorizationRequest request = new AuthorizationRequest(
                new PrincipalPolicies(
                        principal,
                        policies("identity policy", identityPolicies),
                        policies("session policy", sessionPolicies)),
                action,
                new ProtectedResource(
                        Statements.KEY,
                        Statements.HERE,
                        keyPolicy == null ? null : Statements.keyPolicy(keyPolicy),
                        grants(grants, action)),
                Statements.context(principal));

        Decision decision = PolicyEvaluator.decide(request);

        assertThat(decision.allowed()).as(decision.explanation()).isEqualTo(allowed);
        if (allowed) {
            assertThat(decision.explanation()).isEqualTo(why);
            assertThatThrownBy(() -> decision.message(request, Statements.KEY))
                    .isInstanceOf(IllegalStateException.class);
        } else {
            assertThat(decision.message(request, Statements.KEY))
                    .isEqualTo("User: %s is not authorized to perform: %s on resource: %s %s"
                            .formatted(principal.arn(), action, Statements.KEY, why));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice    | Allow kms:CreateAlias              | true",
                "alice    | Allow kms:*, Deny kms:CreateAlias  | false",
                "alice    |                                    | false",
                "root     |                                    | true",
                "stranger | Allow kms:CreateAlias              | false"
            })
    void whatHasNoPolicyIsItsAccountsIdentityPoliciesToAllow(
            String caller, @Nullable String identityPolicies, boolean allowed) {
        CallingPrincipal principal = Statements.caller(caller);
        Decision decision = PolicyEvaluator.decide(new AuthorizationRequest(
                new PrincipalPolicies(principal, policies("identity policy", identityPolicies), List.of()),
                "kms:CreateAlias",
                ProtectedResource.withoutPolicy("arn:aws:kms:us-east-1:111122223333:alias/x", Statements.HERE),
                RequestContext.EMPTY));
        assertThat(decision.allowed()).isEqualTo(allowed);
    }

    @Test
    void aReasonNamesTheSid() {
        KeyPolicy policy = KeyPolicy.parse(KeyPolicy.defaultText(Statements.HERE), Statements.HERE);
        Decision decision = PolicyEvaluator.decide(new AuthorizationRequest(
                new PrincipalPolicies(Statements.caller("root"), List.of(), List.of()),
                "kms:Encrypt",
                new ProtectedResource(Statements.KEY, Statements.HERE, policy, List.of()),
                RequestContext.EMPTY));
        assertThat(decision.explanation())
                .isEqualTo("key policy, statement 'Enable IAM User Permissions'; account root user");
    }

    private static List<IdentityPolicy> policies(String name, @Nullable String statements) {
        return statements == null ? List.of() : Statements.policies(name, statements);
    }

    private static List<ApplicableGrant> grants(@Nullable String text, String action) {
        if (text == null) {
            return List.of();
        }
        String[] parts = text.split(" ", -1);
        if (!action.equals("kms:" + parts[1])) {
            return List.of();
        }
        Principal grantee = Principal.ofAws(Statements.principal(parts[0])).orElseThrow();
        return List.of(new ApplicableGrant("g1", grantee, parts.length > 2));
    }
}
