package dev.keyward.jca;

import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Which key it is, what it is, and by whom it is reached. */
record KmsKeyReference(KmsConnection connection, String arn, String keySpec, String keyUsage) {
    static KmsKeyReference of(KmsConnection connection, KeyMetadata metadata) {
        return new KmsKeyReference(connection, metadata.arn(), metadata.keySpecAsString(), metadata.keyUsageAsString());
    }

    @Override
    public String toString() {
        return keySpec + " key " + arn;
    }
}
