package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static dev.keyward.kms.operation.Refusals.assertRefusedInSilence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyMaterialState;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.RotationType;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/** RotateKeyOnDemand and ListKeyRotations on keys with generated material. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class RotationsTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");
    private static final int MOST = 25;

    private final FaceFixture fixture;
    private final String key;

    RotationsTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyRotatesAtOnceAndDecryptsWhatItEncryptedBefore() {
        String first = currentMaterial();
        SdkBytes before = encrypt();

        String answered =
                fixture.kms.rotateKeyOnDemand(request -> request.keyId(key)).keyId();

        assertThat(answered).isEqualTo(fixture.arn(key));
        assertThat(currentMaterial()).isNotEqualTo(first);
        assertThat(decryptedUnder(before)).isEqualTo(first);
        assertThat(decryptedUnder(encrypt())).isEqualTo(currentMaterial());
    }

    @Test
    void theScheduleStaysAsItWas() {
        fixture.kms.enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(90));
        Instant next = next();
        fixture.clock.move(Duration.ofDays(89));

        rotate();
        assertThat(next()).isEqualTo(next);

        fixture.clock.move(Duration.ofDays(1));
        fixture.maintain();
        assertThat(next()).isEqualTo(next.plus(Duration.ofDays(90)));
        assertThat(rotations())
                .extracting(RotationsListEntry::rotationType)
                .containsExactly(RotationType.ON_DEMAND, RotationType.AUTOMATIC);
    }

    @Test
    void noRotationIsInProgressOnceItIsAnswered() {
        rotate();

        assertThat(fixture.json("GetKeyRotationStatus", "{\"KeyId\": \"" + key + "\"}")
                        .propertyNames())
                .containsExactlyInAnyOrder("KeyId", "KeyRotationEnabled");
    }

    @Test
    void aKeyIsRotatedOnDemandTwentyFiveTimesInAll() {
        fixture.kms.enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(90));
        fixture.clock.move(Duration.ofDays(90));
        fixture.maintain();
        for (int rotation = 0; rotation < MOST; rotation++) {
            rotate();
        }
        String last = currentMaterial();

        assertRefused(
                this::rotate,
                "LimitExceededException",
                "The on-demand rotations limit has been reached for the given keyId. "
                        + "No more on-demand rotations can be performed for this key: " + fixture.arn(key));
        assertThat(currentMaterial()).isEqualTo(last);

        fixture.clock.move(Duration.ofDays(90));
        fixture.maintain();
        assertThat(currentMaterial()).as("rotated by itself").isNotEqualTo(last);
        assertThat(rotations()).hasSize(MOST + 2);
    }

    @Test
    void rotationsAreListedOldestFirst() {
        String first = currentMaterial();
        assertThat(rotations()).isEmpty();
        assertThat(list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 100, null).rotations())
                .containsExactly(RotationsListEntry.builder()
                        .keyId(key)
                        .keyMaterialId(first)
                        .keyMaterialState(KeyMaterialState.CURRENT)
                        .build());
        fixture.clock.move(Duration.ofHours(1));
        Instant at = fixture.clock.instant();
        rotate();

        RotationsListEntry rotation = RotationsListEntry.builder()
                .keyId(key)
                .keyMaterialId(currentMaterial())
                .keyMaterialState(KeyMaterialState.CURRENT)
                .rotationDate(at)
                .rotationType(RotationType.ON_DEMAND)
                .build();
        assertThat(rotations()).containsExactly(rotation);
        assertThat(list(IncludeKeyMaterial.ROTATIONS_ONLY, 100, null).rotations())
                .containsExactly(rotation);
        assertThat(list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 100, null).rotations())
                .containsExactly(
                        RotationsListEntry.builder()
                                .keyId(key)
                                .keyMaterialId(first)
                                .keyMaterialState(KeyMaterialState.NON_CURRENT)
                                .build(),
                        rotation);
    }

    @Test
    void rotationsAreListedPageByPage() {
        for (int rotation = 0; rotation < 4; rotation++) {
            rotate();
        }
        List<RotationsListEntry> paged = new ArrayList<>();
        ListKeyRotationsResponse page = list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 2, null);
        paged.addAll(page.rotations());
        while (page.truncated()) {
            assertThat(page.rotations()).hasSize(2);
            page = list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 2, page.nextMarker());
            paged.addAll(page.rotations());
        }

        assertThat(page.rotations()).hasSize(1);
        assertThat(page.nextMarker()).isNull();
        assertThat(paged)
                .isEqualTo(list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 1000, null).rotations());
    }

    @Test
    void aMarkerMustBeOurs() {
        String ofAnotherList = Base64.getUrlEncoder().encodeToString("1:alias/a".getBytes(StandardCharsets.UTF_8));
        for (String marker : List.of("m", "MTo", ofAnotherList)) {
            assertRefused(
                    () -> list(IncludeKeyMaterial.ALL_KEY_MATERIAL, 2, marker),
                    "InvalidMarkerException",
                    "The marker is not valid.");
        }
    }

    @Test
    void aKeyThatCannotRotate() {
        String other = fixture.kms
                .createKey(request -> request.keySpec(KeySpec.HMAC_256).keyUsage(KeyUsageType.GENERATE_VERIFY_MAC))
                .keyMetadata()
                .keyId();

        assertRefusedInSilence(
                () -> fixture.kms.rotateKeyOnDemand(request -> request.keyId(other)), "UnsupportedOperationException");
        assertThat(fixture.kms.listKeyRotations(request -> request.keyId(other)).rotations())
                .isEmpty();
        assertRefused(
                () -> fixture.kms.listKeyRotations(
                        request -> request.keyId(other).includeKeyMaterial(IncludeKeyMaterial.ALL_KEY_MATERIAL)),
                "UnsupportedOperationException",
                fixture.arn(other) + " key spec is HMAC_256 which is not valid for ListKeyRotations.");
        fixture.kms.disableKey(request -> request.keyId(other));
        assertRefused(
                () -> fixture.kms.rotateKeyOnDemand(request -> request.keyId(other)),
                "DisabledException",
                fixture.arn(other) + " is disabled.");
    }

    private void rotate() {
        fixture.kms.rotateKeyOnDemand(request -> request.keyId(key));
    }

    private List<RotationsListEntry> rotations() {
        return fixture.kms.listKeyRotations(request -> request.keyId(key)).rotations();
    }

    private ListKeyRotationsResponse list(IncludeKeyMaterial included, int limit, @Nullable String marker) {
        return fixture.kms.listKeyRotations(request ->
                request.keyId(key).includeKeyMaterial(included).limit(limit).marker(marker));
    }

    private Instant next() {
        return fixture.kms.getKeyRotationStatus(request -> request.keyId(key)).nextRotationDate();
    }

    private String currentMaterial() {
        return fixture.kms
                .describeKey(request -> request.keyId(key))
                .keyMetadata()
                .currentKeyMaterialId();
    }

    private SdkBytes encrypt() {
        return fixture.kms
                .encrypt(request -> request.keyId(key).plaintext(MESSAGE))
                .ciphertextBlob();
    }

    private String decryptedUnder(SdkBytes ciphertext) {
        return fixture.kms
                .decrypt(request -> request.ciphertextBlob(ciphertext))
                .keyMaterialId();
    }
}
