package dev.keyward.jca;

import java.security.Key;

/**
 * A key in AWS KMS: a name for what never leaves it. {@link #getEncoded} and {@link #getFormat} are null, and it cannot be
 * serialized. Two are equal if their ARNs are. Immutable and thread-safe.
 */
public sealed interface KmsKey extends Key permits KmsSecretKey, KmsPrivateKey {
    /** The key's ARN. */
    String arn();
}
