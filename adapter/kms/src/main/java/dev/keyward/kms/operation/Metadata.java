package dev.keyward.kms.operation;

import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.lifecycle.KeyStates;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** KeyMetadata: what CreateKey and DescribeKey say of a key. */
final class Metadata {
    private Metadata() {}

    /** The metadata of a key as it stands at {@code now}, with the members that AWS KMS was seen to send. */
    @SuppressWarnings("deprecation") // AWS KMS still sends the former name of KeySpec
    static KeyMetadata of(KeyRecord key, Instant now) {
        KeyState state = KeyStates.of(key, now);
        Expiry expiry = Expiry.of(key, now);
        return KeyMetadata.builder()
                .awsAccountId(key.scope().account().value())
                .keyId(key.id().value())
                .arn(key.arn())
                .creationDate(key.createdAt())
                .enabled(state == KeyState.ENABLED)
                .description(key.description())
                .keyUsage(key.usage().name())
                .keyState(state.awsName())
                .deletionDate(key.deletionDate())
                .validTo(expiry.earliest())
                .origin(key.origin().name())
                .expirationModel(expiry.model() == null ? null : expiry.model().name())
                .keyManager(KeyManagerType.CUSTOMER)
                .customerMasterKeySpec(key.spec().name())
                .keySpec(key.spec().name())
                .encryptionAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.ENCRYPT_DECRYPT))
                .signingAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.SIGN_VERIFY))
                .keyAgreementAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.KEY_AGREEMENT))
                .macAlgorithmsWithStrings(Algorithms.named(key, KeyUsage.GENERATE_VERIFY_MAC))
                .multiRegion(false)
                .currentKeyMaterialId(MaterialIds.shown(key, key.currentMaterial()))
                .build();
    }

    /**
     * When a key's imported materials expire. What belongs to an import is shown while the material can be used; what waits
     * for its rotation is left out.
     *
     * @param model {@link ExpirationModel#KEY_MATERIAL_EXPIRES} if any does; null if none can be used
     * @param earliest when the first of them expires; null for never
     */
    private record Expiry(
            @Nullable ExpirationModel model, @Nullable Instant earliest) {
        static Expiry of(KeyRecord key, Instant now) {
            List<MaterialRecord> usable = key.associatedMaterials().stream()
                    .filter(material -> material.isUsable(now))
                    .toList();
            return new Expiry(
                    usable.stream()
                            .flatMap(material -> Stream.ofNullable(material.expirationModel()))
                            .min(Comparator.naturalOrder())
                            .orElse(null),
                    usable.stream()
                            .flatMap(material -> Stream.ofNullable(material.validTo()))
                            .min(Comparator.naturalOrder())
                            .orElse(null));
        }
    }
}
