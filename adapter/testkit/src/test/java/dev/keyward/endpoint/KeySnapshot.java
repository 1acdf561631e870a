package dev.keyward.endpoint;

import java.util.List;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.OriginType;

/** All that can be seen of a key. */
final class KeySnapshot {
    private KeySnapshot() {}

    /** How the key stands now, to be compared. */
    static List<Object> of(KmsClient kms, SampleKey key) {
        KeyMetadata metadata =
                kms.describeKey(request -> request.keyId(key.id())).keyMetadata();
        boolean canRotate = metadata.origin() == OriginType.AWS_KMS;
        return List.of(
                metadata,
                canRotate
                        && kms.getKeyRotationStatus(request -> request.keyId(key.id()))
                                .keyRotationEnabled(),
                kms.getKeyPolicy(request -> request.keyId(key.id())).policy(),
                kms.listResourceTags(request -> request.keyId(key.id())).tags(),
                kms.listAliases(request -> request.keyId(key.id())).aliases(),
                kms.listGrants(request -> request.keyId(key.id())).grants());
    }
}
