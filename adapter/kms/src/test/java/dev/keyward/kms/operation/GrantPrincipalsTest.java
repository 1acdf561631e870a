package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.kms.FaceFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Grants mean whoever had the names in them when they were created, and nobody who comes after. */
class GrantPrincipalsTest {
    private final FaceFixture fixture = new FaceFixture();
    private final String key = fixture.arn(fixture.createKey());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aUserMadeAgainIsNotTheGrantee() {
        grant("bob", "alice");
        assertThatCode(() -> encryptAs("bob")).doesNotThrowAnyException();

        fixture.people.makeAgain("bob");
        assertDenied(() -> encryptAs("bob"));

        grant("bob", "alice");
        assertThatCode(() -> encryptAs("bob")).doesNotThrowAnyException();
    }

    @Test
    void aUserMadeAgainIsNotTheRetiringPrincipal() {
        CreateGrantResponse granted = grant("alice", "bob");

        fixture.people.makeAgain("bob");
        try (KmsClient bob = fixture.clientOf("bob")) {
            assertDenied(() -> bob.retireGrant(request -> request.grantToken(granted.grantToken())));
        }
        assertThat(retirable("alice", "bob")).isEmpty();
    }

    @Test
    void aSessionOfARoleMadeAgainIsNotTheGrantee() {
        fixture.people.permit("session", "\"s3:*\"");
        grant("session", "alice");
        assertThatCode(() -> encryptAs("session")).doesNotThrowAnyException();

        fixture.people.makeAgain("session");
        assertDenied(() -> encryptAs("session"));
    }

    @ParameterizedTest
    @CsvSource({
        // who,   shown once gone
        "bob,     AIDABOB",
        "session, AROADEPLOYER:nightly"
    })
    void whoeverIsGoneIsListedByUniqueId(String name, String uniqueId) {
        String arn = fixture.people.arn(name);
        CreateGrantResponse former = grant(name, name);
        assertListed(former, arn);

        fixture.people.makeAgain(name);
        assertListed(former, uniqueId);

        CreateGrantResponse again = grant(name, name);
        assertListed(former, uniqueId);
        assertListed(again, arn);
        assertThat(listed(arn)).extracting(GrantListEntry::grantId).containsExactly(again.grantId());
        assertThat(listed(uniqueId)).extracting(GrantListEntry::grantId).containsExactly(former.grantId());
    }

    @Test
    void theSameNameWithAnotherGranteeIsAnotherGrant() {
        CreateGrantRequest request = request("bob", "alice").name("same").build();
        String first = fixture.kms.createGrant(request).grantId();
        assertThat(fixture.kms.createGrant(request).grantId()).isEqualTo(first);

        fixture.people.makeAgain("bob");
        assertThat(fixture.kms.createGrant(request).grantId()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111122223333",
                "AIDABOBBOBBOBBOB",
                "bob",
                "ec2.amazonaws.com",
                "arn:aws:iam::111122223333:group/admins"
            })
    void whatIsNoPrincipalIsRefused(String principal) {
        String message = "ARN does not refer to a valid principal: " + principal;
        assertRefused(
                () -> fixture.kms.createGrant(
                        request("bob", "alice").granteePrincipal(principal).build()),
                "InvalidArnException",
                message);
        assertRefused(
                () -> fixture.kms.createGrant(request("bob", "alice")
                        .retiringPrincipal(principal)
                        .dryRun(true)
                        .build()),
                "InvalidArnException",
                message);
    }

    @Test
    void whoIsGoneIsRefused() {
        String bob = fixture.people.arn("bob");
        CreateGrantRequest request = request("bob", "alice").build();
        fixture.people.remove("bob");

        assertRefused(
                () -> fixture.kms.createGrant(request),
                "InvalidArnException",
                "ARN does not refer to a valid principal: " + bob);
    }

    @Test
    void thoseOfAnotherAccountsKeysAreListedForTheirRetiringPrincipal() {
        String granted = grant("bob", "stranger").grantId();

        assertThat(retirable("stranger", "stranger")).containsExactly(granted);
        assertThat(retirable("stranger", "bare-stranger")).isEmpty();
    }

    @Test
    void theyAreListedForPrincipalsOfTheCallersAccountOnly() {
        grant("bob", "stranger");

        assertRefused(
                () -> retirable("alice", "stranger"),
                "AccessDeniedException",
                "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: kms:ListRetirableGrants on"
                        + " resource: arn:aws:iam::444455556666:user/stranger because the resource does not exist in this"
                        + " Region, no resource-based policies allow access, or a resource-based policy explicitly denies"
                        + " access");
    }

    private CreateGrantResponse grant(String grantee, String retiring) {
        return fixture.kms.createGrant(request(grantee, retiring).build());
    }

    private CreateGrantRequest.Builder request(String grantee, String retiring) {
        return CreateGrantRequest.builder()
                .keyId(key)
                .granteePrincipal(fixture.people.arn(grantee))
                .retiringPrincipal(fixture.people.arn(retiring))
                .operationsWithStrings("Encrypt");
    }

    private void encryptAs(String name) {
        try (KmsClient client = fixture.clientOf(name)) {
            client.encrypt(request -> request.keyId(key).plaintext(SdkBytes.fromUtf8String("x")));
        }
    }

    private void assertListed(CreateGrantResponse granted, String principal) {
        GrantListEntry entry = fixture.kms
                .listGrants(request -> request.keyId(key).grantId(granted.grantId()))
                .grants()
                .getFirst();
        assertThat(entry.granteePrincipal()).isEqualTo(principal);
        assertThat(entry.retiringPrincipal()).isEqualTo(principal);
    }

    private List<GrantListEntry> listed(String grantee) {
        return fixture.kms
                .listGrants(request -> request.keyId(key).granteePrincipal(grantee))
                .grants();
    }

    private List<String> retirable(String caller, String retiring) {
        String principal = fixture.people.arn(retiring);
        try (KmsClient client = fixture.clientOf(caller)) {
            return client.listRetirableGrants(request -> request.retiringPrincipal(principal)).grants().stream()
                    .map(GrantListEntry::grantId)
                    .toList();
        }
    }

    private static void assertDenied(Runnable call) {
        KmsException refusal = catchThrowableOfType(KmsException.class, call::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    }
}
