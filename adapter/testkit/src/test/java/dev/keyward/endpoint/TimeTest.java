package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.ImportState;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/** What happens to keys as time passes. Whether or not background work has been done, a date that has passed counts. */
@ExtendWith(KeywardExtension.class)
class TimeTest {
    private static final byte[] MATERIAL = "abcdef0123456789abcdef0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FURTHER_MATERIAL =
            "9876543210fedcba9876543210fedcba".getBytes(StandardCharsets.US_ASCII);

    private final LocalKeyward keyward;
    private final KmsClient kms;
    private final SampleKey.Maker keys;

    TimeTest(LocalKeyward keyward) {
        this.keyward = keyward;
        kms = keyward.kms();
        keys = new SampleKey.Maker(kms, keyward.root().principalArn());
    }

    @Test
    void aKeyIsGoneAfterItsDeletionDateWithItsAliasesAndGrants() {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        kms.scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));

        keyward.advance(Duration.ofDays(7).minusMinutes(1));
        assertThat(metadata(key.id()).keyStateAsString()).isEqualTo("PendingDeletion");
        kms.cancelKeyDeletion(r -> r.keyId(key.id()));
        assertThat(metadata(key.id()).keyStateAsString()).isEqualTo("Disabled");
        kms.enableKey(r -> r.keyId(key.id()));
        assertThat(decrypt(key.ciphertext())).isEqualTo(SampleKey.PLAINTEXT);

        kms.scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));
        keyward.advance(Duration.ofDays(7).plusMinutes(1));

        assertThatThrownBy(() -> metadata(key.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> kms.cancelKeyDeletion(r -> r.keyId(key.id()))).isInstanceOf(NotFoundException.class);
        assertThat(kms.listAliasesPaginator().aliases())
                .noneMatch(alias -> alias.aliasName().equals(key.alias()));
        assertThat(kms
                        .listRetirableGrantsPaginator(
                                r -> r.retiringPrincipal(keyward.root().principalArn()))
                        .stream()
                        .flatMap(page -> page.grants().stream()))
                .noneMatch(grant -> grant.grantId().equals(key.grantId()));
    }

    @Test
    void aDeletionCannotBeCancelledAfterItsDateEvenBeforeItIsCarriedOut() {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        kms.scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));

        keyward.advanceClockOnly(Duration.ofDays(7).plusMinutes(1));

        assertThatThrownBy(() -> kms.cancelKeyDeletion(r -> r.keyId(key.id()))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void importedMaterialExpiresAndCanBeImportedAgain() {
        String key = emptyKey();
        Instant validTo = keyward.now().plus(Duration.ofDays(2));
        kms.importKeyMaterial(Imports.request(kms, key, MATERIAL)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(validTo)
                .build());
        SdkBytes ciphertext = encrypt(key);

        keyward.advanceClockOnly(Duration.ofDays(2).plusMinutes(1));
        assertThatThrownBy(() -> decrypt(ciphertext)).isInstanceOf(KmsInvalidStateException.class);
        assertThat(metadata(key).keyStateAsString()).isEqualTo("PendingImport");

        keyward.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> decrypt(ciphertext)).isInstanceOf(KmsInvalidStateException.class);
        Imports.importMaterial(kms, key, MATERIAL);
        assertThat(decrypt(ciphertext)).isEqualTo(SampleKey.PLAINTEXT);
    }

    @Test
    void aFormerMaterialExpiresByItself() {
        String key = emptyKey();
        kms.importKeyMaterial(Imports.request(kms, key, MATERIAL)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(keyward.now().plus(Duration.ofDays(2)))
                .build());
        SdkBytes former = encrypt(key);
        kms.importKeyMaterial(Imports.request(kms, key, FURTHER_MATERIAL)
                .importType(ImportType.NEW_KEY_MATERIAL)
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)
                .build());
        kms.rotateKeyOnDemand(r -> r.keyId(key));
        SdkBytes later = encrypt(key);
        assertThat(List.of(decrypt(former), decrypt(later))).containsOnly(SampleKey.PLAINTEXT);

        keyward.advance(Duration.ofDays(2).plusMinutes(1));
        assertThatThrownBy(() -> decrypt(later)).isInstanceOf(KmsInvalidStateException.class);
        assertThat(metadata(key).keyStateAsString()).isEqualTo("PendingImport");
        assertThat(kms.listKeyRotations(r -> r.keyId(key).includeKeyMaterial(IncludeKeyMaterial.ALL_KEY_MATERIAL))
                        .rotations())
                .extracting(RotationsListEntry::importState)
                .containsExactly(ImportState.PENDING_IMPORT, ImportState.IMPORTED);

        Imports.importMaterial(kms, key, MATERIAL);
        assertThat(List.of(decrypt(former), decrypt(later))).containsOnly(SampleKey.PLAINTEXT);
        assertThat(material(encrypt(key))).isEqualTo(material(later)).isNotEqualTo(material(former));
    }

    @Test
    void aKeyRotatesWhenItIsDueAndOldCiphertextsStillDecrypt() {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        kms.enableKeyRotation(r -> r.keyId(key.id()).rotationPeriodInDays(90));
        Instant firstDue = rotation(key).nextRotationDate();
        String firstMaterial = material(key.ciphertext());

        keyward.advance(Duration.ofDays(90).plusMinutes(1));

        SdkBytes later = encrypt(key.id());
        assertThat(rotation(key).nextRotationDate()).isAfter(firstDue);
        assertThat(material(later)).isNotEqualTo(firstMaterial);
        assertThat(material(key.ciphertext())).isEqualTo(firstMaterial);
        assertThat(List.of(decrypt(key.ciphertext()), decrypt(later))).containsOnly(SampleKey.PLAINTEXT);
    }

    @Test
    void aDisabledKeyDoesNotRotate() {
        SampleKey key = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
        kms.enableKeyRotation(r -> r.keyId(key.id()).rotationPeriodInDays(90));
        String material = material(key.ciphertext());
        kms.disableKey(r -> r.keyId(key.id()));

        keyward.advance(Duration.ofDays(91));

        kms.enableKey(r -> r.keyId(key.id()));
        assertThat(material(encrypt(key.id()))).isEqualTo(material);
    }

    private String emptyKey() {
        return kms.createKey(r -> r.origin(OriginType.EXTERNAL)).keyMetadata().keyId();
    }

    private KeyMetadata metadata(String key) {
        return kms.describeKey(r -> r.keyId(key)).keyMetadata();
    }

    private GetKeyRotationStatusResponse rotation(SampleKey key) {
        return kms.getKeyRotationStatus(r -> r.keyId(key.id()));
    }

    private SdkBytes encrypt(String key) {
        return kms.encrypt(r -> r.keyId(key).plaintext(SampleKey.PLAINTEXT)).ciphertextBlob();
    }

    private SdkBytes decrypt(SdkBytes ciphertext) {
        return kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext();
    }

    /** The id of the material that a ciphertext was made with. */
    private String material(SdkBytes ciphertext) {
        return kms.decrypt(r -> r.ciphertextBlob(ciphertext)).keyMaterialId();
    }
}
