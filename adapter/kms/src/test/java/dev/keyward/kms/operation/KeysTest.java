package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import tools.jackson.databind.JsonNode;

/** CreateKey, DescribeKey, ListKeys, EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion, UpdateKeyDescription. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class KeysTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final FaceFixture fixture;

    KeysTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aNewKeyHasExactlyTheMembersThatAwsSends() {
        JsonNode created = fixture.json("CreateKey", "{}").get("KeyMetadata");

        assertThat(created.propertyNames())
                .containsExactlyInAnyOrder(
                        "AWSAccountId",
                        "Arn",
                        "CreationDate",
                        "CurrentKeyMaterialId",
                        "CustomerMasterKeySpec",
                        "Description",
                        "Enabled",
                        "EncryptionAlgorithms",
                        "KeyId",
                        "KeyManager",
                        "KeySpec",
                        "KeyState",
                        "KeyUsage",
                        "MultiRegion",
                        "Origin");
        assertThat(created.get("CreationDate").isNumber()).isTrue();
        assertThat(created.get("CurrentKeyMaterialId").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void aNewKeyIsWhatWasAskedFor() {
        KeyMetadata created = fixture.kms
                .createKey(request -> request.description("a key")
                        .tags(Tag.builder().tagKey("a").tagValue("1").build()))
                .keyMetadata();

        assertThat(created.awsAccountId()).isEqualTo(FaceFixture.ACCOUNT);
        assertThat(created.arn()).isEqualTo(fixture.arn(created.keyId()));
        assertThat(created.creationDate()).isEqualTo(START);
        assertThat(created.description()).isEqualTo("a key");
        assertThat(created.enabled()).isTrue();
        assertThat(created.keyStateAsString()).isEqualTo("Enabled");
        assertThat(created.keySpecAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(created.keyUsageAsString()).isEqualTo("ENCRYPT_DECRYPT");
        assertThat(created.keyManagerAsString()).isEqualTo("CUSTOMER");
        assertThat(created.originAsString()).isEqualTo("AWS_KMS");
        assertThat(created.encryptionAlgorithmsAsStrings()).containsExactly("SYMMETRIC_DEFAULT");
        assertThat(created.multiRegion()).isFalse();
        assertThat(describe(created.keyId())).isEqualTo(created);
    }

    @Test
    void anExternalKeyWaitsForItsMaterial() {
        JsonNode created =
                fixture.json("CreateKey", "{\"Origin\": \"EXTERNAL\"}").get("KeyMetadata");

        assertThat(created.get("KeyState").asString()).isEqualTo("PendingImport");
        assertThat(created.get("Enabled").asBoolean()).isFalse();
        assertThat(created.has("CurrentKeyMaterialId")).isFalse();
        assertThat(created.has("ExpirationModel")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"MultiRegion\": true};                            MultiRegion is not supported.",
                "{\"CustomKeyStoreId\": \"cks-1\"};                  CustomKeyStoreId is not supported.",
                "{\"XksKeyId\": \"x\"};                              XksKeyId is not supported.",
                "{\"KeySpec\": \"ML_DSA_65\"};                       KeySpec ML_DSA_65 is not supported.",
                "{\"CustomerMasterKeySpec\": \"SM2\"};               CustomerMasterKeySpec SM2 is not supported.",
                "{\"Origin\": \"AWS_CLOUDHSM\"};                     Origin AWS_CLOUDHSM is not supported.",
                "{\"Origin\": \"EXTERNAL_KEY_STORE\"};               Origin EXTERNAL_KEY_STORE is not supported.",
            })
    void whatIsNotSupportedIsNamed(String body, String message) {
        JsonNode refusal = fixture.json("CreateKey", body);

        assertThat(refusal.get("__type").asString()).isEqualTo("UnsupportedOperationException");
        assertThat(refusal.get("message").asString()).isEqualTo(message);
    }

    @Test
    void multiRegionFalseIsNoMatter() {
        assertThat(fixture.kms.createKey(request -> request.multiRegion(false)).keyMetadata())
                .isNotNull();
    }

    @Test
    @SuppressWarnings("deprecation")
    void theFormerNameOfKeySpecIsTakenAlone() {
        assertThat(fixture.kms
                        .createKey(request -> request.customerMasterKeySpec("SYMMETRIC_DEFAULT"))
                        .keyMetadata()
                        .keySpecAsString())
                .isEqualTo("SYMMETRIC_DEFAULT");
        assertRefused(
                () -> fixture.kms.createKey(request ->
                        request.customerMasterKeySpec("SYMMETRIC_DEFAULT").keySpec("SYMMETRIC_DEFAULT")),
                "ValidationException",
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                        + "CustomerMasterKeySpec is deprecated.");
    }

    @Test
    void whatIsNotSymmetricNeedsAUsage() {
        assertRefused(
                () -> fixture.kms.createKey(request -> request.keySpec("HMAC_256")),
                "ValidationException",
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
    }

    @Test
    void whatCannotBeImportedIsToldAtOnce() {
        assertRefused(
                () -> fixture.kms.createKey(request -> request.keySpec("ECC_NIST_EDWARDS25519")
                        .keyUsage("SIGN_VERIFY")
                        .origin("EXTERNAL")),
                "UnsupportedOperationException",
                "Origin EXTERNAL is not supported for KeySpec ECC_NIST_EDWARDS25519.");
    }

    @Test
    void aUsageThatTheSpecDoesNotHave() {
        assertRefused(
                () -> fixture.kms.createKey(request -> request.keyUsage("SIGN_VERIFY")),
                "ValidationException",
                "KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT");
    }

    @Test
    void aKeyIsDescribedByEveryNameItHas() {
        String id = fixture.createKey();
        fixture.kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(id));

        for (String name : List.of(id, fixture.arn(id), "alias/a", "arn:aws:kms:us-east-1:111122223333:alias/a")) {
            assertThat(describe(name).keyId()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake-key-id", "134f2428cec14b25a1ae9048164dba47", "mrk-fake-key-id"})
    void aNameThatNoKeyCanHave(String name) {
        assertRefused(() -> describe(name), "NotFoundException", "Invalid keyId '%s'".formatted(name));
    }

    @Test
    void aKeyThatIsNotThere() {
        String id = "00000000-0000-0000-0000-000000000000";
        assertRefused(() -> describe(id), "NotFoundException", "Key '%s' does not exist".formatted(fixture.arn(id)));
    }

    @Test
    void aKeyIsSwitchedOffAndOn() {
        String id = fixture.createKey();

        fixture.kms.disableKey(request -> request.keyId(id));
        assertThat(describe(id).keyState()).isEqualTo(KeyState.DISABLED);
        assertThat(describe(id).enabled()).isFalse();

        fixture.kms.enableKey(request -> request.keyId(id));
        assertThat(describe(id).keyState()).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void anAnswerWithoutAnOutputHasNoBody() {
        String id = fixture.createKey();

        assertThat(fixture.answer("DisableKey", "{\"KeyId\": \"" + id + "\"}").body())
                .isEmpty();
    }

    @Test
    void aDeletionIsScheduledAndTakenBack() {
        String id = fixture.createKey();

        ScheduleKeyDeletionResponse scheduled =
                fixture.kms.scheduleKeyDeletion(request -> request.keyId(id).pendingWindowInDays(7));
        assertThat(scheduled.keyId()).isEqualTo(fixture.arn(id));
        assertThat(scheduled.deletionDate()).isEqualTo(START.plus(Duration.ofDays(7)));
        assertThat(scheduled.keyState()).isEqualTo(KeyState.PENDING_DELETION);
        assertThat(scheduled.pendingWindowInDays()).isEqualTo(7);
        assertThat(describe(id).deletionDate()).isEqualTo(START.plus(Duration.ofDays(7)));
        assertThat(describe(id).pendingDeletionWindowInDays()).isNull();

        assertThat(fixture.kms.cancelKeyDeletion(request -> request.keyId(id)).keyId())
                .isEqualTo(fixture.arn(id));
        assertThat(describe(id).keyState()).isEqualTo(KeyState.DISABLED);
        assertThat(describe(id).deletionDate()).isNull();
    }

    @Test
    void aWindowThatIsTooShortForAwsKms() {
        String id = fixture.createKey();

        assertRefused(
                () -> fixture.kms.scheduleKeyDeletion(
                        request -> request.keyId(id).pendingWindowInDays(366)),
                "ValidationException",
                "1 validation error detected: Value '366' at 'pendingWindowInDays' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 365");
        assertRefused(
                () -> fixture.kms.scheduleKeyDeletion(
                        request -> request.keyId(id).pendingWindowInDays(6)),
                "ValidationException",
                "PendingWindowInDays must be between 7 and 30, inclusive.");
    }

    @Test
    void aKeyIsDescribedAnew() {
        String id = fixture.createKey();

        fixture.kms.updateKeyDescription(request -> request.keyId(id).description("new"));

        assertThat(describe(id).description()).isEqualTo("new");
    }

    @Test
    void keysAreListedPageByPage() {
        List<String> ids = List.of(fixture.createKey(), fixture.createKey(), fixture.createKey());

        ListKeysResponse first = fixture.kms.listKeys(request -> request.limit(2));
        ListKeysResponse second =
                fixture.kms.listKeys(request -> request.limit(2).marker(first.nextMarker()));

        assertThat(first.keys()).hasSize(2);
        assertThat(first.truncated()).isTrue();
        assertThat(second.keys()).hasSize(1);
        assertThat(second.truncated()).isFalse();
        assertThat(second.nextMarker()).isNull();
        assertThat(fixture.kms.listKeysPaginator(request -> request.limit(1)).keys().stream()
                        .map(KeyListEntry::keyId))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(first.keys()).allSatisfy(key -> assertThat(key.keyArn()).isEqualTo(fixture.arn(key.keyId())));
    }

    @Test
    void aMarkerThatIsNoneOfOurs() {
        assertRefused(
                () -> fixture.kms.listKeys(request -> request.marker("nonsense")),
                "InvalidMarkerException",
                "The marker is not valid.");
    }

    private KeyMetadata describe(String keyId) {
        return fixture.kms.describeKey(request -> request.keyId(keyId)).keyMetadata();
    }
}
