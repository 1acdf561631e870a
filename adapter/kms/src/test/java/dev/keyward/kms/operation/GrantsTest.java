package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import tools.jackson.databind.JsonNode;

/** CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class GrantsTest {
    private static final String BOB = "arn:aws:iam::111122223333:user/bob";
    private static final String CAROL = "arn:aws:iam::111122223333:user/carol";

    private final FaceFixture fixture;
    private final String key;

    GrantsTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aGrantIsListedWithAllItsFields() {
        CreateGrantResponse granted = fixture.kms.createGrant(grant().retiringPrincipal(CAROL)
                .name("a-name")
                .constraints(GrantConstraints.builder()
                        .encryptionContextSubset(Map.of("a", "1"))
                        .build())
                .build());

        GrantListEntry listed = grants().get(0);
        assertThat(listed.keyId()).isEqualTo(fixture.arn(key));
        assertThat(listed.grantId()).isEqualTo(granted.grantId());
        assertThat(listed.name()).isEqualTo("a-name");
        assertThat(listed.creationDate()).isEqualTo(fixture.clock.instant());
        assertThat(listed.granteePrincipal()).isEqualTo(BOB);
        assertThat(listed.retiringPrincipal()).isEqualTo(CAROL);
        assertThat(listed.issuingAccount()).isEqualTo("arn:aws:iam::111122223333:root");
        assertThat(listed.operationsAsStrings()).containsExactly("Decrypt", "Encrypt");
        assertThat(listed.constraints().encryptionContextSubset()).containsExactly(Map.entry("a", "1"));
        assertThat(listed.constraints().hasEncryptionContextEquals()).isFalse();
        assertThat(retirable(CAROL)).containsExactly(listed);
        assertThat(retirable(BOB)).isEmpty();
    }

    @Test
    void whatAGrantHasNotIsNotSent() {
        fixture.kms.createGrant(grant().build());

        JsonNode listed = fixture.json("ListGrants", "{\"KeyId\": \"" + key + "\"}");

        assertThat(listed.propertyNames()).containsExactlyInAnyOrder("Grants", "Truncated");
        assertThat(listed.get("Grants").get(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "CreationDate", "GrantId", "GranteePrincipal", "IssuingAccount", "KeyId", "Operations");
    }

    @Test
    void grantsAreFiltered() {
        String bobs = fixture.kms.createGrant(grant().build()).grantId();
        String carols =
                fixture.kms.createGrant(grant().granteePrincipal(CAROL).build()).grantId();

        assertThat(fixture.kms
                        .listGrants(request -> request.keyId(key).granteePrincipal(BOB))
                        .grants())
                .extracting(GrantListEntry::grantId)
                .containsExactly(bobs);
        assertThat(fixture.kms
                        .listGrants(request -> request.keyId(key).grantId(carols))
                        .grants())
                .extracting(GrantListEntry::grantId)
                .containsExactly(carols);
        assertThat(fixture.kms.listGrantsPaginator(request -> request.keyId(key).limit(1)).grants().stream()
                        .map(GrantListEntry::grantId))
                .containsExactlyInAnyOrder(bobs, carols);
    }

    @Test
    void aGrantIsRevoked() {
        String id = fixture.kms.createGrant(grant().build()).grantId();

        assertRefused(
                () -> fixture.kms.revokeGrant(
                        request -> request.keyId(key).grantId(id).dryRun(true)),
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set.");
        fixture.kms.revokeGrant(request -> request.keyId(key).grantId(id));

        assertThat(grants()).isEmpty();
        assertRefused(
                () -> fixture.kms.revokeGrant(
                        request -> request.keyId(key).grantId(id).dryRun(true)),
                "NotFoundException",
                "Grant ID " + id + " not found");
    }

    @Test
    void aGrantIsRetiredByItsToken() {
        CreateGrantResponse granted = fixture.kms.createGrant(grant().build());

        fixture.kms.retireGrant(request -> request.grantToken(granted.grantToken()));

        assertThat(grants()).isEmpty();
    }

    @Test
    void aGrantIsRetiredByItsKeyAndId() {
        CreateGrantResponse granted = fixture.kms.createGrant(grant().build());

        fixture.kms.retireGrant(request -> request.keyId(fixture.arn(key)).grantId(granted.grantId()));

        assertThat(grants()).isEmpty();
    }

    @Test
    void aGrantIsNamedInOneWay() {
        String message = "Specify either GrantToken, or KeyId and GrantId together.";
        assertRefused(() -> fixture.kms.retireGrant(), "ValidationException", message);
        assertRefused(() -> fixture.kms.retireGrant(request -> request.keyId(key)), "ValidationException", message);
        assertRefused(
                () -> fixture.kms.retireGrant(request -> request.grantToken("t").keyId(key)),
                "ValidationException",
                message);
        assertRefused(
                () -> fixture.kms.retireGrant(
                        request -> request.grantToken("t").keyId(key).grantId("g")),
                "ValidationException",
                message);
        assertRefused(
                () -> fixture.kms.retireGrant(request -> request.grantToken("t")),
                "InvalidGrantTokenException",
                "The grant token is not valid.");
    }

    @Test
    void onlyToGrantIsNothing() {
        assertRefused(
                () -> fixture.kms.createGrant(
                        grant().operationsWithStrings("CreateGrant").build()),
                "ValidationException",
                "Grants must not contain only the CreateGrant operation.");
    }

    @Test
    void twoConstraintsAreOneTooMany() {
        assertRefused(
                () -> fixture.kms.createGrant(grant().constraints(GrantConstraints.builder()
                                .encryptionContextEquals(Map.of("a", "1"))
                                .encryptionContextSubset(Map.of("a", "1"))
                                .build())
                        .build()),
                "ValidationException",
                "More than one constraint supplied");
    }

    private CreateGrantRequest.Builder grant() {
        return CreateGrantRequest.builder()
                .keyId(key)
                .granteePrincipal(BOB)
                .operationsWithStrings("Decrypt", "Encrypt");
    }

    private List<GrantListEntry> grants() {
        return fixture.kms.listGrants(request -> request.keyId(key)).grants();
    }

    private List<GrantListEntry> retirable(String principal) {
        return fixture.kms
                .listRetirableGrants(request -> request.retiringPrincipal(principal))
                .grants();
    }
}
