package dev.keyward.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.conformance.store.InMemoryIdentityStore;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.CallingPrincipal;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.PrincipalRecord;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredPrincipalsTest {
    private static final PolicyDocument NARROWING = new PolicyDocument("session policy", "{}");

    private final IdentityStore store = new InMemoryIdentityStore();
    private final StoredPrincipals principals = new StoredPrincipals(store);

    @Test
    void aRootUserIsAnAccountsAndHasNoPolicies() {
        assertThat(principals.find(caller(new CallerIdentity.RootUser(People.ACCOUNT))))
                .isEqualTo(new PrincipalRecord(new CallingPrincipal.RootUser(People.ACCOUNT), List.of(), List.of()));
    }

    @Test
    void aUserIsAsItStandsNow() {
        People.put(store, "alice:p#t");
        IdentityRecord alice = People.find(store, "alice");

        PrincipalRecord found = principals.find(user(alice));
        assertThat(found.principal())
                .isEqualTo(
                        new CallingPrincipal.User(People.ACCOUNT, alice.arn(), alice.uniqueId(), Map.of("tag", "t")));
        assertThat(found.identityPolicies()).isEqualTo(alice.policies());
        assertThat(found.sessionPolicies()).isEmpty();

        People.put(store, "alice");
        assertThat(principals.find(user(alice)).identityPolicies()).isEmpty();
    }

    @Test
    void aSessionIsItsRoleAsItStandsNowNarrowedAsItWasBegun() {
        People.put(store, "@admin:p#t");
        IdentityRecord admin = People.find(store, "@admin");

        PrincipalRecord found = principals.find(session(admin));
        assertThat(found.principal())
                .isEqualTo(new CallingPrincipal.RoleSession(
                        People.ACCOUNT, admin.arn(), admin.uniqueId(), "night", Map.of("tag", "t")));
        assertThat(found.identityPolicies()).isEqualTo(admin.policies());
        assertThat(found.sessionPolicies()).containsExactly(NARROWING);

        People.put(store, "@admin");
        assertThat(principals.find(session(admin)).identityPolicies()).isEmpty();
        assertThat(principals.find(session(admin)).sessionPolicies()).containsExactly(NARROWING);
    }

    @Test
    void aUserThatIsMadeAgainIsAnotherOne() {
        People.put(store, "alice");
        IdentityRecord former = People.find(store, "alice");
        store.change(new IdentityChange.Delete(former));
        assertGone(user(former));

        People.put(store, "alice");
        assertGone(user(former));
    }

    @Test
    void whoeverIsNoPrincipalOfAwsIsNobody() {
        assertGone(caller(new CallerIdentity.Operator("anna")));
        assertGone(caller(new WebIdentityUser("arn:aws:iam::111122223333:oidc-provider/idp", "audience", "subject")));
    }

    @Test
    void aSessionOfARoleMadeAgainIsNobodys() {
        People.put(store, "@admin");
        IdentityRecord former = People.find(store, "@admin");
        store.change(new IdentityChange.Delete(former));
        People.put(store, "@admin");

        assertGone(session(former));
        assertThat(principals.find(session(People.find(store, "@admin")))).isNotNull();
    }

    private void assertGone(Caller caller) {
        assertThatExceptionOfType(KeywardException.class)
                .isThrownBy(() -> principals.find(caller))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNRECOGNIZED_CLIENT));
    }

    private static Caller user(IdentityRecord user) {
        return caller(new CallerIdentity.User(user.arn(), user.uniqueId()));
    }

    private static Caller session(IdentityRecord role) {
        return caller(new CallerIdentity.RoleSession(new TemporarySession(
                People.ACCOUNT,
                role.arn(),
                role.uniqueId(),
                "night",
                null,
                List.of(NARROWING),
                People.NOW,
                People.NOW.plusSeconds(900))));
    }

    private static Caller caller(CallerIdentity identity) {
        return new Caller(
                new Scope(People.ACCOUNT, new Region("us-east-1")),
                identity,
                "AKIAEXAMPLE",
                "::1",
                "",
                "request",
                true);
    }
}
