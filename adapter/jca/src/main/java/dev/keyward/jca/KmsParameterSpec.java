package dev.keyward.jca;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;

/**
 * Parameters of {@code Cipher.getInstance("KMS")}: the encryption context, which is authenticated but not encrypted, shows
 * in audit trails, and must be the same for decryption. Immutable.
 *
 * @param encryptionContext names and values; put no secrets in it
 */
public record KmsParameterSpec(Map<String, String> encryptionContext) implements AlgorithmParameterSpec {
    /** Parameters with a copy of an encryption context. */
    public KmsParameterSpec {
        encryptionContext = Map.copyOf(encryptionContext);
    }
}
