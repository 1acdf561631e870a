package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.kms.FaceFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageResponse;
import software.amazon.awssdk.services.kms.model.KeyLastUsageData;
import software.amazon.awssdk.services.kms.model.KeyLastUsageTrackingOperation;
import software.amazon.awssdk.services.kms.model.KmsException;
import tools.jackson.databind.JsonNode;

/** GetKeyLastUsage, and what a policy may say of it. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class KeyLastUsageTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");

    private final FaceFixture fixture;
    private final String key;

    KeyLastUsageTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyThatWasNotUsedHasAnEmptyUsage() {
        Instant created = fixture.clock.instant();
        fixture.clock.move(Duration.ofDays(1));

        GetKeyLastUsageResponse answer = usage(key);
        JsonNode json = fixture.json("GetKeyLastUsage", "{\"KeyId\": \"" + key + "\"}");

        assertThat(answer.keyId()).isEqualTo(key);
        assertThat(answer.keyCreationDate()).isEqualTo(created);
        assertThat(answer.trackingStartDate()).isEqualTo(created);
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("KeyCreationDate", "KeyId", "KeyLastUsage", "TrackingStartDate");
        assertThat(json.get("KeyLastUsage").toString()).isEqualTo("{}");
    }

    @Test
    void theLastUseIsTold() {
        fixture.clock.move(Duration.ofDays(1));
        encrypt(key);

        KeyLastUsageData usage = usage(key).keyLastUsage();

        assertThat(usage.operation()).isEqualTo(KeyLastUsageTrackingOperation.ENCRYPT);
        assertThat(usage.timestamp()).isEqualTo(fixture.clock.instant());
        String eventId = usage.cloudTrailEventId();
        assertThat(fixture.audited)
                .filteredOn(event -> event.id().equals(eventId))
                .singleElement()
                .satisfies(event -> assertThat(event.operation()).isEqualTo("Encrypt"));
        assertThat(usage.kmsRequestId()).isEqualTo("request-1");
    }

    @Test
    void reEncryptUsesBothKeys() {
        String other = fixture.createKey();
        SdkBytes blob = encrypt(key);

        fixture.kms.reEncrypt(request -> request.ciphertextBlob(blob).destinationKeyId(other));

        for (String used : new String[] {key, other}) {
            assertThat(usage(used).keyLastUsage().operation()).isEqualTo(KeyLastUsageTrackingOperation.RE_ENCRYPT);
        }
    }

    @Test
    void whatIsRefusedOrOnlyTriedIsNoUse() {
        SdkBytes blob = encrypt(key);
        KeyLastUsageData before = usage(key).keyLastUsage();
        fixture.clock.move(Duration.ofHours(1));

        assertThatThrownBy(() -> fixture.kms.encrypt(
                        request -> request.keyId(key).plaintext(MESSAGE).dryRun(true)))
                .isInstanceOf(DryRunOperationException.class);
        assertThatThrownBy(() -> fixture.kms.decrypt(request ->
                        request.ciphertextBlob(SdkBytes.fromByteArray(Arrays.copyOf(blob.asByteArray(), 60)))))
                .isInstanceOf(KmsException.class);
        fixture.kms.describeKey(request -> request.keyId(key));
        fixture.kms.rotateKeyOnDemand(request -> request.keyId(key));

        assertThat(usage(key).keyLastUsage()).isEqualTo(before);
    }

    @Test
    void anAliasIsNotTaken() {
        fixture.kms.createAlias(request -> request.aliasName("alias/mine").targetKeyId(key));

        assertRefused(() -> usage("alias/mine"), "NotFoundException", "Invalid keyId 'alias/mine'");
    }

    /** As AWS KMS has it for keys that are used: they shall be neither disabled nor deleted. */
    @Test
    void aPolicyKeepsAKeyThatIsUsed() {
        fixture.kms.putKeyPolicy(request -> request.keyId(key).policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"},
                  {"Effect": "Deny", "Principal": "*", "Action": ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
                   "Resource": "*",
                   "Condition": {"NumericLessThanEquals": {"kms:TrailingDaysWithoutKeyUsage": "30"}}}]}"""));
        fixture.clock.move(Duration.ofDays(20));
        encrypt(key);
        fixture.clock.move(Duration.ofDays(31).minusSeconds(1));

        assertThatThrownBy(() -> fixture.kms.disableKey(request -> request.keyId(key)))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
        assertThatThrownBy(() -> fixture.kms.scheduleKeyDeletion(request -> request.keyId(key)))
                .hasMessageContaining("with an explicit deny in a resource-based policy");

        fixture.clock.move(Duration.ofSeconds(1));
        assertThatCode(() -> fixture.kms.disableKey(request -> request.keyId(key)))
                .doesNotThrowAnyException();
    }

    private GetKeyLastUsageResponse usage(String id) {
        return fixture.kms.getKeyLastUsage(request -> request.keyId(id));
    }

    private SdkBytes encrypt(String id) {
        return fixture.kms
                .encrypt(request -> request.keyId(id).plaintext(MESSAGE))
                .ciphertextBlob();
    }
}
