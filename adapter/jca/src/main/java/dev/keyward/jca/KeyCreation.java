package dev.keyward.jca;

import java.security.InvalidKeyException;
import java.security.ProviderException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.Tag;

/** Creates keys, for the generators. */
final class KeyCreation {
    private KeyCreation() {}

    /**
     * Creates a key, and its alias if one is asked for.
     *
     * @throws ProviderException if it fails; if the key is there and only its alias is not, the message names the key
     */
    static KmsKey create(KmsConnection connection, KmsKeyGenParameterSpec wanted) {
        try {
            KeyMetadata created = connection.kms().createKey(request(wanted)).keyMetadata();
            String alias = wanted.alias();
            if (alias != null) {
                name(connection, created, alias);
            }
            return connection.key(created);
        } catch (SdkException | InvalidKeyException e) {
            throw new ProviderException("no key was generated: " + e.getMessage(), e);
        }
    }

    private static CreateKeyRequest request(KmsKeyGenParameterSpec wanted) {
        return CreateKeyRequest.builder()
                .keySpec(wanted.keySpec())
                .keyUsage(usage(wanted))
                .description(wanted.description())
                .tags(wanted.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .tagKey(tag.getKey())
                                .tagValue(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static KeyUsageType usage(KmsKeyGenParameterSpec wanted) {
        @Nullable KeyUsageType given = wanted.keyUsage();
        if (given != null) {
            return given;
        }
        String spec = wanted.keySpec().toString();
        if (spec.startsWith("HMAC_")) {
            return KeyUsageType.GENERATE_VERIFY_MAC;
        }
        return spec.equals("SYMMETRIC_DEFAULT") ? KeyUsageType.ENCRYPT_DECRYPT : KeyUsageType.SIGN_VERIFY;
    }

    private static void name(KmsConnection connection, KeyMetadata created, String alias) {
        try {
            connection.kms().createAlias(request -> request.aliasName(alias).targetKeyId(created.keyId()));
        } catch (SdkException e) {
            throw new ProviderException("key " + created.arn() + " was created, but not " + alias, e);
        }
    }
}
