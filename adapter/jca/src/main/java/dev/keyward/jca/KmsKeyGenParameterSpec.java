package dev.keyward.jca;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * What a key that a {@code KeyGenerator} or {@code KeyPairGenerator} is about to create shall be. Immutable.
 *
 * <pre>{@code
 * generator.initialize(KmsKeyGenParameterSpec.of(KeySpec.RSA_3072).withAlias("alias/tls"));
 * }</pre>
 *
 * @param keySpec AWS KMS's key spec
 * @param keyUsage what it is for; null: GENERATE_VERIFY_MAC, SIGN_VERIFY or ENCRYPT_DECRYPT, the first that the spec allows
 * @param alias an alias to give it, which begins with {@code alias/}, or null
 * @param description its description, or null
 * @param tags its tags
 */
public record KmsKeyGenParameterSpec(
        KeySpec keySpec,
        @Nullable KeyUsageType keyUsage,
        @Nullable String alias,
        @Nullable String description,
        Map<String, String> tags)
        implements AlgorithmParameterSpec {
    /** Parameters with a copy of the tags. */
    public KmsKeyGenParameterSpec {
        tags = Map.copyOf(tags);
    }

    /** A key of a spec, for its usual usage, without alias, description and tags. */
    public static KmsKeyGenParameterSpec of(KeySpec keySpec) {
        return new KmsKeyGenParameterSpec(keySpec, null, null, null, Map.of());
    }

    /** The same for another usage. */
    public KmsKeyGenParameterSpec withUsage(KeyUsageType other) {
        return new KmsKeyGenParameterSpec(keySpec, other, alias, description, tags);
    }

    /** The same with an alias. */
    public KmsKeyGenParameterSpec withAlias(String other) {
        return new KmsKeyGenParameterSpec(keySpec, keyUsage, other, description, tags);
    }

    /** The same with a description. */
    public KmsKeyGenParameterSpec withDescription(String other) {
        return new KmsKeyGenParameterSpec(keySpec, keyUsage, alias, other, tags);
    }

    /** The same with these tags. */
    public KmsKeyGenParameterSpec withTags(Map<String, String> others) {
        return new KmsKeyGenParameterSpec(keySpec, keyUsage, alias, description, others);
    }
}
