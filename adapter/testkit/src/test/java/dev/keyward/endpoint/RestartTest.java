package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.contract.KeyState;
import dev.keyward.contract.Origin;
import dev.keyward.testkit.LocalKeyward;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.ExpiredImportTokenException;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyLastUsageData;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;
import software.amazon.awssdk.services.kms.model.Tag;

/** What one process was told, the next one knows. */
class RestartTest {
    @Test
    void everythingIsKept() {
        try (LocalKeyward keyward = LocalKeyward.start()) {
            KmsClient kms = keyward.kms();
            SampleKey.Maker keys = new SampleKey.Maker(kms, keyward.root().principalArn());
            SampleKey generated = keys.make(Origin.AWS_KMS, KeyState.ENABLED);
            kms.enableKeyRotation(r -> r.keyId(generated.id()).rotationPeriodInDays(200));
            SampleKey disabled = keys.make(Origin.AWS_KMS, KeyState.DISABLED);
            SampleKey doomed = keys.make(Origin.AWS_KMS, KeyState.PENDING_DELETION);
            SampleKey imported = keys.make(Origin.EXTERNAL, KeyState.ENABLED);
            SampleKey emptied = keys.make(Origin.EXTERNAL, KeyState.PENDING_IMPORT);
            kms.rotateKeyOnDemand(r -> r.keyId(generated.id()));
            kms.rotateKeyOnDemand(r -> r.keyId(imported.id()));
            Map<SampleKey, Description> before = new LinkedHashMap<>();
            for (SampleKey key : new SampleKey[] {generated, disabled, doomed, imported, emptied}) {
                before.put(key, describe(kms, key));
            }

            keyward.restart();

            before.forEach((key, description) -> assertThat(describe(kms, key)).isEqualTo(description));
            assertThat(decrypt(kms, generated.ciphertext())).isEqualTo(SampleKey.PLAINTEXT);
            assertThat(decrypt(kms, imported.ciphertext())).isEqualTo(SampleKey.PLAINTEXT);
            assertThat(kms.getKeyRotationStatus(r -> r.keyId(generated.id())).rotationPeriodInDays())
                    .isEqualTo(200);
            // A key in the token, not a copy of the state: the import that was prepared before still works.
            kms.importKeyMaterial(emptied.importing());
            assertThat(decrypt(kms, emptied.ciphertext())).isEqualTo(SampleKey.PLAINTEXT);
        }
    }

    @Test
    void aRestartDoesNotProlongAnImportToken() {
        try (LocalKeyward keyward = LocalKeyward.start()) {
            KmsClient kms = keyward.kms();
            SampleKey key = new SampleKey.Maker(kms, keyward.root().principalArn())
                    .make(Origin.EXTERNAL, KeyState.PENDING_IMPORT);
            ImportKeyMaterialRequest importing = key.importing();

            keyward.advance(Duration.ofHours(25));
            keyward.restart();

            assertThatThrownBy(() -> kms.importKeyMaterial(importing)).isInstanceOf(ExpiredImportTokenException.class);
        }
    }

    /** All that can be seen of a key. */
    private record Description(
            KeyMetadata metadata,
            String policy,
            List<GrantListEntry> grants,
            List<AliasListEntry> aliases,
            List<Tag> tags,
            List<RotationsListEntry> materials,
            KeyLastUsageData lastUsage) {}

    private static Description describe(KmsClient kms, SampleKey key) {
        return new Description(
                kms.describeKey(r -> r.keyId(key.id())).keyMetadata(),
                kms.getKeyPolicy(r -> r.keyId(key.id())).policy(),
                kms.listGrants(r -> r.keyId(key.id())).grants(),
                kms.listAliases(r -> r.keyId(key.id())).aliases(),
                kms.listResourceTags(r -> r.keyId(key.id())).tags(),
                kms.listKeyRotations(r -> r.keyId(key.id()).includeKeyMaterial(IncludeKeyMaterial.ALL_KEY_MATERIAL))
                        .rotations(),
                kms.getKeyLastUsage(r -> r.keyId(key.id())).keyLastUsage());
    }

    private static SdkBytes decrypt(KmsClient kms, SdkBytes ciphertext) {
        return kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext();
    }
}
