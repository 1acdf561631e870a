package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.kms.FaceFixture;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.KmsException;

/** What grants allow, to whom, and for how long. Bob and the bare stranger have no policies of their own. */
class GrantUseTest {
    private final FaceFixture fixture = new FaceFixture();
    private final String key = fixture.arn(fixture.createKey());
    private final KmsClient bob = fixture.clientOf("bob");

    @AfterEach
    void close() {
        bob.close();
        fixture.close();
    }

    @Test
    void holdFromTheirCreationUntilTheyAreRevoked() {
        assertDenied(() -> encrypt(bob, Map.of()), "no identity-based policy");
        String grant = grant("bob", request -> request.operationsWithStrings("Encrypt"))
                .grantId();

        encrypt(bob, Map.of());
        assertThat(fixture.lastAudited().details().get("authorization"))
                .isEqualTo(List.of("kms:Encrypt: grant " + grant));
        assertDenied(() -> bob.describeKey(request -> request.keyId(key)), "no identity-based policy");

        fixture.kms.revokeGrant(request -> request.keyId(key).grantId(grant));
        assertDenied(() -> encrypt(bob, Map.of()), "no identity-based policy");
    }

    @Test
    void allowNothingAgainstAnExplicitDeny() {
        grant("bob", request -> request.operationsWithStrings("Encrypt"));
        put("Allow 111122223333 kms:*; Deny bob kms:Encrypt");
        assertDenied(() -> encrypt(bob, Map.of()), "with an explicit deny in a resource-based policy");
    }

    @ParameterizedTest
    @CsvSource({"a=1, true", "a=1 b=2, false", "b=2, false", "'', false"})
    void requireTheWholeContextThatTheyName(String context, boolean allowed) {
        grant(
                "bob",
                request -> request.operationsWithStrings("Encrypt", "DescribeKey")
                        .constraints(constraints(Map.of("a", "1"), null)));
        assertThat(isAllowed(() -> encrypt(bob, pairs(context)))).isEqualTo(allowed);
        bob.describeKey(request -> request.keyId(key)); // has no context: the constraint is not for it
    }

    @ParameterizedTest
    @CsvSource({"a=1, true", "a=1 b=2, true", "b=2, false", "'', false"})
    void requireThePartOfTheContextThatTheyName(String context, boolean allowed) {
        grant(
                "bob",
                request -> request.operationsWithStrings("Encrypt").constraints(constraints(null, Map.of("a", "1"))));
        assertThat(isAllowed(() -> encrypt(bob, pairs(context)))).isEqualTo(allowed);
    }

    @Test
    void arePassedOnNoWiderThanTheyAre() {
        grant(
                "bob",
                request -> request.operationsWithStrings("CreateGrant", "Encrypt")
                        .constraints(constraints(null, Map.of("a", "1"))));

        assertThat(isAllowed(() -> pass("Encrypt", Map.of("a", "1", "b", "2")))).isTrue();
        assertThat(isAllowed(() -> pass("Decrypt", Map.of("a", "1")))).isFalse();
        assertThat(isAllowed(() -> pass("Encrypt", Map.of("b", "2")))).isFalse();
        assertThat(isAllowed(() -> pass("Encrypt", Map.of()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // retiring principal, operations,             who retires,   outcome
        "bob,                  Encrypt,                bob,           ok",
        "alice,                Encrypt,                bob,           denied",
        "alice,                'Encrypt,RetireGrant',  bob,           ok",
        ",                     Encrypt,                alice,         ok",
        ",                     Encrypt,                root,          ok",
        ",                     Encrypt,                stranger,      denied",
        "bare-stranger,        Encrypt,                bare-stranger, ok"
    })
    void areRetiredByWhomTheySay(@Nullable String retiring, String operations, String who, String outcome) {
        CreateGrantResponse grant = grant(
                "bob",
                request -> request.operationsWithStrings(operations.split(",", -1))
                        .retiringPrincipal(retiring == null ? null : fixture.people.arn(retiring)));
        try (KmsClient client = fixture.clientOf(who)) {
            boolean allowed = isAllowed(() -> client.retireGrant(request -> request.grantToken(grant.grantToken())));
            assertThat(allowed).isEqualTo(outcome.equals("ok"));
        }
    }

    /** The permission to retire is the grant's to give: a key policy cannot. */
    @Test
    void areNotRetiredByAKeyPolicy() {
        CreateGrantResponse grant = grant("alice", request -> request.operationsWithStrings("Encrypt"));
        put("Allow 111122223333 kms:*; Allow bob kms:*");
        assertDenied(
                () -> bob.retireGrant(request -> request.keyId(key).grantId(grant.grantId())),
                "no identity-based policy allows the kms:RetireGrant action");
    }

    @Test
    void thatAreNotThereAreToldOnlyToWhomMayRetireThem() {
        String none = "0".repeat(64);
        assertDenied(() -> bob.retireGrant(request -> request.keyId(key).grantId(none)), "no identity-based policy");
        assertRefused(
                () -> fixture.kms.retireGrant(request -> request.keyId(key).grantId(none)),
                "NotFoundException",
                "Grant ID " + none + " not found");
    }

    @Test
    void acrossAccountsNeedTheOtherAccountToAgree() {
        try (KmsClient stranger = fixture.clientOf("stranger");
                KmsClient bare = fixture.clientOf("bare-stranger")) {
            assertDenied(() -> encrypt(bare, Map.of()), "because the resource does not exist in this Region");

            grant("bare-stranger", request -> request.operationsWithStrings("Encrypt"));
            assertDenied(() -> encrypt(bare, Map.of()), "no identity-based policy allows the kms:Encrypt action");

            put("Allow 111122223333 kms:*; Allow 444455556666 kms:CreateGrant");
            stranger.createGrant(request -> request.keyId(key)
                    .granteePrincipal(fixture.people.arn("bare-stranger"))
                    .operationsWithStrings("Encrypt"));
            encrypt(bare, Map.of());
        }
    }

    @Test
    void ofStrangersDecryptWhatTheyEncrypted() {
        put("Allow 111122223333 kms:*; Allow 444455556666 kms:Encrypt; Allow 444455556666 kms:Decrypt");
        try (KmsClient stranger = fixture.clientOf("stranger")) {
            SdkBytes blob = encrypt(stranger, Map.of());
            assertThat(stranger.decrypt(request -> request.ciphertextBlob(blob)).keyId())
                    .isEqualTo(key);
        }
        try (KmsClient bare = fixture.clientOf("bare-stranger")) {
            SdkBytes blob = encrypt(fixture.kms, Map.of());
            assertDenied(
                    () -> bare.decrypt(request -> request.ciphertextBlob(blob)),
                    "The ciphertext refers to a customer master key that does not exist");
        }
    }

    private CreateGrantResponse grant(String grantee, Consumer<CreateGrantRequest.Builder> rest) {
        CreateGrantRequest.Builder request =
                CreateGrantRequest.builder().keyId(key).granteePrincipal(fixture.people.arn(grantee));
        rest.accept(request);
        return fixture.kms.createGrant(request.build());
    }

    private void pass(String operation, Map<String, String> subset) {
        bob.createGrant(request -> request.keyId(key)
                .granteePrincipal(fixture.people.arn("alice"))
                .operationsWithStrings(operation)
                .constraints(subset.isEmpty() ? null : constraints(null, subset)));
    }

    private SdkBytes encrypt(KmsClient client, Map<String, String> context) {
        return client.encrypt(request -> request.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String("x"))
                        .encryptionContext(context))
                .ciphertextBlob();
    }

    private void put(String statements) {
        fixture.kms.putKeyPolicy(request -> request.keyId(key).policy(Policies.document(fixture.people, statements)));
    }

    private static GrantConstraints constraints(
            @Nullable Map<String, String> equals, @Nullable Map<String, String> subset) {
        GrantConstraints.Builder constraints = GrantConstraints.builder();
        if (equals != null) {
            constraints.encryptionContextEquals(equals);
        }
        if (subset != null) {
            constraints.encryptionContextSubset(subset);
        }
        return constraints.build();
    }

    private static Map<String, String> pairs(String text) {
        return text.isEmpty()
                ? Map.of()
                : Stream.of(text.split(" ", -1))
                        .map(pair -> pair.split("=", -1))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static boolean isAllowed(Runnable call) {
        KmsException refusal = catchThrowableOfType(KmsException.class, call::run);
        if (refusal != null) {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        }
        return refusal == null;
    }

    private static void assertDenied(Runnable call, String why) {
        KmsException refusal = catchThrowableOfType(KmsException.class, call::run);
        assertThat(refusal).as(why).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(refusal.awsErrorDetails().errorMessage()).contains(why);
    }
}
