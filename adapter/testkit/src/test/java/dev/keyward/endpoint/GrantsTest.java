package dev.keyward.endpoint;

import static dev.keyward.endpoint.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;

/** What grants allow, under which constraints and for how long, each principal with a client of its own. */
@ExtendWith(KeywardExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class GrantsTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");
    private static final String DENIED = "AccessDeniedException";
    private static final Map<String, String> PAYMENTS = Map.of("team", "payments");

    private Principals principals;
    private KmsClient owner;
    private KmsClient grantee;
    private String key;

    @BeforeAll
    void useOneEndpoint(LocalKeyward keyward) {
        principals = new Principals(keyward);
        owner = principals.client("owner");
        grantee = principals.client("grantee");
    }

    @AfterAll
    void close() {
        principals.close();
    }

    @BeforeEach
    void makeKey() {
        key = owner.createKey(request -> request.policy(KeyPolicies.named("delegates")))
                .keyMetadata()
                .arn();
    }

    /** Where each row says what a request brings, and whether that is enough for a grant for {@code team=payments}. */
    @ParameterizedTest
    @CsvSource({
        // encryption context,     as the whole, as a part
        "team=payments,            true,         true",
        "team=payments stage=test, false,        true",
        "team=orders,              false,        false",
        "team=Payments,            false,        false",
        "stage=test,               false,        false",
        "'',                       false,        false",
    })
    void constraintsHoldForEveryUse(String context, boolean allowedByEquals, boolean allowedBySubset) {
        SdkBytes ciphertext = encrypt(owner, pairs(context));

        String whole = grantOf(constraints -> constraints.encryptionContextEquals(PAYMENTS))
                .grantId();
        assertUses(allowedByEquals, ciphertext, pairs(context));
        owner.revokeGrant(request -> request.keyId(key).grantId(whole));
        grantOf(constraints -> constraints.encryptionContextSubset(PAYMENTS));
        assertUses(allowedBySubset, ciphertext, pairs(context));
    }

    private CreateGrantResponse grantOf(Consumer<GrantConstraints.Builder> constraints) {
        return grant(
                "grantee",
                request -> request.operations(
                                GrantOperation.ENCRYPT, GrantOperation.DECRYPT, GrantOperation.DESCRIBE_KEY)
                        .constraints(constraints));
    }

    private void assertUses(boolean allowed, SdkBytes ciphertext, Map<String, String> context) {
        if (allowed) {
            assertThat(decrypt(grantee, ciphertext, context)).isEqualTo(PLAINTEXT);
            assertThat(decrypt(grantee, encrypt(grantee, context), context)).isEqualTo(PLAINTEXT);
        } else {
            assertRefused(DENIED, () -> decrypt(grantee, ciphertext, context));
            assertRefused(DENIED, () -> encrypt(grantee, context));
        }
        // It takes no encryption context, so no constraint is for it.
        assertThat(grantee.describeKey(request -> request.keyId(key))
                        .keyMetadata()
                        .arn())
                .isEqualTo(key);
    }

    @Test
    void aGranteePassesOnANarrowerGrantAndNeverAWiderOne() {
        grant(
                "grantee",
                request -> request.operations(GrantOperation.CREATE_GRANT, GrantOperation.ENCRYPT)
                        .constraints(constraints -> constraints.encryptionContextSubset(PAYMENTS)));
        Map<String, String> narrower = Map.of("team", "payments", "stage", "test");
        KmsClient bare = principals.client("bare");

        assertRefused(DENIED, () -> passOn(GrantOperation.DECRYPT, PAYMENTS));
        assertRefused(DENIED, () -> passOn(GrantOperation.ENCRYPT, Map.of("stage", "test")));
        assertRefused(
                DENIED,
                () -> grantee.createGrant(request -> request.keyId(key)
                        .granteePrincipal(principals.arn("bare"))
                        .operations(GrantOperation.ENCRYPT)));
        assertThat(owner.listGrants(request -> request.keyId(key)).grants()).hasSize(1);
        passOn(GrantOperation.ENCRYPT, narrower);

        encrypt(bare, narrower);
        assertRefused(DENIED, () -> encrypt(bare, PAYMENTS));
        assertRefused(
                DENIED,
                () -> bare.createGrant(request -> request.keyId(key)
                        .granteePrincipal(principals.arn("named"))
                        .operations(GrantOperation.ENCRYPT)));
    }

    private void passOn(GrantOperation operation, Map<String, String> subset) {
        grantee.createGrant(request -> request.keyId(key)
                .granteePrincipal(principals.arn("bare"))
                .operations(operation)
                .constraints(constraints -> constraints.encryptionContextSubset(subset)));
    }

    @Test
    void aGrantHoldsAtOnceWithItsTokenOrWithoutAndEndsAtOnce() {
        CreateGrantResponse granted = grant("grantee", request -> request.operations(GrantOperation.ENCRYPT));
        encryptWithToken(grantee, granted.grantToken());
        encrypt(grantee, Map.of());
        // A token names its grant; it is no good to anybody else.
        assertRefused(DENIED, () -> encryptWithToken(principals.client("bare"), granted.grantToken()));

        owner.revokeGrant(request -> request.keyId(key).grantId(granted.grantId()));

        assertRefused(DENIED, () -> encrypt(grantee, Map.of()));
        assertRefused("InvalidGrantTokenException", () -> encryptWithToken(grantee, granted.grantToken()));
        assertRefused(
                "NotFoundException",
                () -> owner.revokeGrant(request -> request.keyId(key).grantId(granted.grantId())));
    }

    private void encryptWithToken(KmsClient client, String token) {
        client.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT).grantTokens(token));
    }

    @Test
    void onlyTheRetiringPrincipalAndTheAccountRetireAGrant() {
        CreateGrantResponse granted = grant(
                "grantee",
                request -> request.operations(GrantOperation.ENCRYPT).retiringPrincipal(principals.arn("named")));
        Consumer<KmsClient> retire = client -> client.retireGrant(request -> request.grantToken(granted.grantToken()));

        assertRefused(DENIED, () -> retire.accept(grantee));
        assertRefused(DENIED, () -> retire.accept(principals.client("bare")));
        assertRefused(DENIED, () -> retire.accept(principals.client("visitor")));
        encrypt(grantee, Map.of());
        retire.accept(principals.client("named"));
        assertRefused(DENIED, () -> encrypt(grantee, Map.of()));
    }

    @Test
    void acrossAccountsTheGranteesAccountMustAgree() {
        for (String stranger : new String[] {"visitor", "guest"}) {
            assertRefused(DENIED, () -> encrypt(principals.client(stranger), Map.of()));
            grant(stranger, request -> request.operations(GrantOperation.ENCRYPT));
        }

        encrypt(principals.client("visitor"), Map.of());
        assertRefused(DENIED, () -> encrypt(principals.client("guest"), Map.of()));
    }

    @Test
    void theSameNamedGrantIsMadeOnceAndADryRunMakesNone() {
        Consumer<CreateGrantRequest.Builder> named =
                request -> request.name("nightly").operations(GrantOperation.ENCRYPT);
        assertRefused(
                "DryRunOperationException", () -> grant("grantee", named.andThen(request -> request.dryRun(true))));
        assertThat(owner.listGrants(request -> request.keyId(key)).grants()).isEmpty();

        String once = grant("grantee", named).grantId();

        assertThat(grant("grantee", named).grantId()).isEqualTo(once);
        assertThat(owner.listGrants(request -> request.keyId(key)).grants())
                .extracting(GrantListEntry::grantId)
                .containsExactly(once);
    }

    private CreateGrantResponse grant(String to, Consumer<CreateGrantRequest.Builder> rest) {
        return owner.createGrant(request -> rest.accept(request.keyId(key).granteePrincipal(principals.arn(to))));
    }

    private SdkBytes encrypt(KmsClient client, Map<String, String> context) {
        return client.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT).encryptionContext(context))
                .ciphertextBlob();
    }

    private static SdkBytes decrypt(KmsClient client, SdkBytes ciphertext, Map<String, String> context) {
        return client.decrypt(request -> request.ciphertextBlob(ciphertext).encryptionContext(context))
                .plaintext();
    }

    private static Map<String, String> pairs(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", -1))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
