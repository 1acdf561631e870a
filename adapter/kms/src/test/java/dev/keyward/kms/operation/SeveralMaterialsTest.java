package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportState;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyMaterialState;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.RotationType;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/** A key with several imported materials: ImportKeyMaterial, RotateKeyOnDemand, DeleteImportedKeyMaterial, ListKeyRotations. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class SeveralMaterialsTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");
    private static final byte[] FIRST = material(1);
    private static final byte[] SECOND = material(2);
    private static final byte[] THIRD = material(3);

    private final FaceFixture fixture;
    private final String key;
    private final ImportingClient imports;
    private String first = "";

    SeveralMaterialsTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createExternalKey();
        imports = new ImportingClient(fixture.kms, key);
    }

    @BeforeEach
    void importFirst() {
        first = imports.importMaterial(FIRST);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aFurtherMaterialWaitsForItsRotation() {
        SdkBytes before = encrypt();
        String second = imports.importNew(SECOND);
        assertThat(describe().currentKeyMaterialId()).isEqualTo(first).isNotEqualTo(second);
        assertThat(states()).containsExactly(KeyMaterialState.CURRENT, KeyMaterialState.PENDING_ROTATION);

        assertThat(rotate()).isEqualTo(fixture.arn(key));

        assertThat(describe().currentKeyMaterialId()).isEqualTo(second);
        assertThat(states()).containsExactly(KeyMaterialState.NON_CURRENT, KeyMaterialState.CURRENT);
        assertThat(decryptedUnder(before)).isEqualTo(first);
        assertThat(decryptedUnder(encrypt())).isEqualTo(second);
    }

    @Test
    void onlyOneWaits() {
        String second = imports.importNew(SECOND);
        ImportKeyMaterialRequest third = newRequest(THIRD).build();
        String thirdId = idOf(third);

        assertRefused(
                () -> fixture.kms.importKeyMaterial(third),
                "KMSInvalidStateException",
                "New key material (id: %s) cannot be imported into KMS key %s, because another key material (id: %s) is pending rotation."
                        .formatted(thirdId, fixture.arn(key), second));
        assertThat(imports.importNew(SECOND)).as("the same again").isEqualTo(second);
        assertThat(materials()).hasSize(2);
    }

    @Test
    void whatWaitsCanBeReplaced() {
        String second = imports.importNew(SECOND);

        assertThat(fixture.kms
                        .deleteImportedKeyMaterial(request -> request.keyId(key).keyMaterialId(second))
                        .keyMaterialId())
                .isEqualTo(second);
        assertThat(describe().keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(materials()).hasSize(1);
        assertRefused(
                () -> fixture.kms.importKeyMaterial(imports.request(SECOND).build()),
                "IncorrectKeyMaterialException",
                "The key material in the request is not the key material that was previously imported into %s."
                        .formatted(fixture.arn(key)));

        String third = imports.importNew(THIRD);
        rotate();
        assertThat(describe().currentKeyMaterialId()).isEqualTo(third);
    }

    @Test
    void whatWaitsExpiresAlone() {
        Instant validTo = fixture.clock.instant().plus(Duration.ofHours(1));
        fixture.kms.importKeyMaterial(newRequest(SECOND)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(validTo)
                .build());
        assertThat(describe().expirationModel()).isEqualTo(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
        assertThat(describe().validTo()).isNull();

        fixture.clock.move(Duration.ofHours(1));

        assertThat(describe().keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(materials()).hasSize(1);
        assertNothingWaits();
        String third = imports.importNew(THIRD);
        rotate();
        assertThat(describe().currentKeyMaterialId()).isEqualTo(third);
    }

    @Test
    void aKeyNeedsAllThatIsOrWasCurrent() {
        SdkBytes before = encrypt();
        String second = imports.importNew(SECOND);
        rotate();

        fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key).keyMaterialId(first));
        assertThat(describe().keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(describe().currentKeyMaterialId()).isEqualTo(second);
        fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key));
        assertThat(importStates()).containsExactly(ImportState.PENDING_IMPORT, ImportState.PENDING_IMPORT);
        assertRefused(() -> rotate(), "KMSInvalidStateException", fixture.arn(key) + " is pending import.");

        assertThat(imports.importMaterial(SECOND)).isEqualTo(second);
        assertThat(describe().keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(fixture.kms
                        .importKeyMaterial(imports.request(FIRST)
                                .importType(ImportType.EXISTING_KEY_MATERIAL)
                                .keyMaterialId(first)
                                .build())
                        .keyMaterialId())
                .isEqualTo(first);

        assertThat(describe().keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(describe().currentKeyMaterialId()).isEqualTo(second);
        assertThat(states()).containsExactly(KeyMaterialState.NON_CURRENT, KeyMaterialState.CURRENT);
        assertThat(decryptedUnder(before)).isEqualTo(first);
    }

    @Test
    void eachExpiresByItself() {
        Instant soon = fixture.clock.instant().plus(Duration.ofHours(1));
        Instant later = fixture.clock.instant().plus(Duration.ofHours(2));
        fixture.kms.importKeyMaterial(imports.request(FIRST)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(later)
                .build());
        fixture.kms.importKeyMaterial(newRequest(SECOND)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(soon)
                .build());
        assertThat(describe().validTo()).isEqualTo(later);
        rotate();
        assertThat(describe().validTo()).isEqualTo(soon);

        fixture.clock.move(Duration.ofHours(1));
        assertThat(describe().keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        fixture.maintain();
        assertThat(importStates()).containsExactly(ImportState.IMPORTED, ImportState.PENDING_IMPORT);
        assertThat(describe().validTo()).isEqualTo(later);

        imports.importMaterial(SECOND);
        assertThat(describe().keyState()).isEqualTo(KeyState.ENABLED);
        fixture.clock.move(Duration.ofHours(1));
        assertThat(describe().keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(describe().expirationModel()).isEqualTo(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
    }

    @Test
    void materialMustBeWhatItIsMeantToBe() {
        String second = imports.importNew(SECOND);
        rotate();
        String incorrect =
                "The key material in the request is not the key material that was previously imported into %s."
                        .formatted(fixture.arn(key));

        assertRefused(
                () -> fixture.kms.importKeyMaterial(imports.request(THIRD).build()),
                "IncorrectKeyMaterialException",
                incorrect);
        assertRefused(() -> imports.importNew(FIRST), "IncorrectKeyMaterialException", incorrect);
        assertRefused(() -> imports.importNew(SECOND), "IncorrectKeyMaterialException", incorrect);
        assertRefused(
                () -> fixture.kms.importKeyMaterial(
                        imports.request(FIRST).keyMaterialId(second).build()),
                "IncorrectKeyMaterialException",
                incorrect);
        assertRefused(
                () -> fixture.kms.importKeyMaterial(
                        newRequest(THIRD).keyMaterialId(second).build()),
                "ValidationException",
                "KeyMaterialId must not be set if the ImportType is NEW_KEY_MATERIAL");
        assertThat(materials()).hasSize(2);
    }

    @Test
    void aDescriptionIsKeptUntilAnotherIsGiven() {
        fixture.kms.importKeyMaterial(
                imports.request(FIRST).keyMaterialDescription("from the safe").build());
        fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key));
        assertThat(materials().getFirst().keyMaterialDescription()).isEqualTo("from the safe");
        imports.importMaterial(FIRST);
        assertThat(materials().getFirst().keyMaterialDescription()).isEqualTo("from the safe");

        fixture.kms.importKeyMaterial(
                imports.request(FIRST).keyMaterialDescription("from the vault").build());
        assertThat(materials().getFirst().keyMaterialDescription()).isEqualTo("from the vault");
    }

    @Test
    void anImportedMaterialIsToldOfAsAwsTells() {
        Instant validTo = fixture.clock.instant().plus(Duration.ofDays(1));
        String second = fixture.kms
                .importKeyMaterial(newRequest(SECOND)
                        .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                        .validTo(validTo)
                        .keyMaterialDescription("next")
                        .build())
                .keyMaterialId();
        RotationsListEntry waiting = RotationsListEntry.builder()
                .keyId(key)
                .keyMaterialId(second)
                .keyMaterialDescription("next")
                .importState(ImportState.IMPORTED)
                .keyMaterialState(KeyMaterialState.PENDING_ROTATION)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(validTo)
                .build();
        assertThat(materials())
                .containsExactly(
                        RotationsListEntry.builder()
                                .keyId(key)
                                .keyMaterialId(first)
                                .importState(ImportState.IMPORTED)
                                .keyMaterialState(KeyMaterialState.CURRENT)
                                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                                .build(),
                        waiting);
        assertThat(fixture.kms.listKeyRotations(request -> request.keyId(key)).rotations())
                .isEmpty();

        rotate();

        assertThat(fixture.kms.listKeyRotations(request -> request.keyId(key)).rotations())
                .containsExactly(waiting.toBuilder()
                        .keyMaterialState(KeyMaterialState.CURRENT)
                        .rotationType(RotationType.ON_DEMAND)
                        .rotationDate(fixture.clock.instant())
                        .build());
    }

    @Test
    void withoutAMaterialThatWaitsNothingRotates() {
        assertNothingWaits();
        imports.importNew(SECOND);
        rotate();
        assertNothingWaits();
    }

    @Test
    void aMaterialThatIsNotTheKeysIsNotFound() {
        String strange = "0".repeat(64);

        assertRefused(
                () -> fixture.kms.deleteImportedKeyMaterial(
                        request -> request.keyId(key).keyMaterialId(strange)),
                "NotFoundException",
                "Key material '%s' is not associated with %s".formatted(strange, fixture.arn(key)));
    }

    @Test
    void anotherKeysMaterialIsAnotherMaterial() {
        String other = fixture.createExternalKey();

        assertThat(new ImportingClient(fixture.kms, other).importMaterial(FIRST))
                .isNotEqualTo(first);
    }

    private void assertNothingWaits() {
        assertRefused(
                () -> rotate(),
                "KMSInvalidStateException",
                "No available key material pending rotation for the key: %s.".formatted(fixture.arn(key)));
    }

    /** The id that a material has, seen by importing it into the key once nothing waits there. */
    private String idOf(ImportKeyMaterialRequest wanted) {
        String waiting = materials().getLast().keyMaterialId();
        fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key).keyMaterialId(waiting));
        String id = fixture.kms.importKeyMaterial(wanted).keyMaterialId();
        fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key).keyMaterialId(id));
        imports.importNew(SECOND);
        return id;
    }

    private ImportKeyMaterialRequest.Builder newRequest(byte[] material) {
        return imports.request(material).importType(ImportType.NEW_KEY_MATERIAL);
    }

    private @Nullable String rotate() {
        return fixture.kms.rotateKeyOnDemand(request -> request.keyId(key)).keyId();
    }

    private List<RotationsListEntry> materials() {
        return fixture.kms
                .listKeyRotations(request -> request.keyId(key).includeKeyMaterial(IncludeKeyMaterial.ALL_KEY_MATERIAL))
                .rotations();
    }

    private List<KeyMaterialState> states() {
        return materials().stream().map(RotationsListEntry::keyMaterialState).toList();
    }

    private List<ImportState> importStates() {
        return materials().stream().map(RotationsListEntry::importState).toList();
    }

    private KeyMetadata describe() {
        return fixture.kms.describeKey(request -> request.keyId(key)).keyMetadata();
    }

    private SdkBytes encrypt() {
        return fixture.kms
                .encrypt(request -> request.keyId(key).plaintext(MESSAGE))
                .ciphertextBlob();
    }

    private String decryptedUnder(SdkBytes ciphertext) {
        var decrypted = fixture.kms.decrypt(request -> request.ciphertextBlob(ciphertext));
        assertThat(decrypted.plaintext()).isEqualTo(MESSAGE);
        return decrypted.keyMaterialId();
    }

    private static byte[] material(int filling) {
        byte[] material = new byte[32];
        Arrays.fill(material, (byte) filling);
        return material;
    }
}
