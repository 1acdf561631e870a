package dev.keyward.jca;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A symmetric encryption key ({@code KMS}) or an HMAC key ({@code HmacSHA256} and the like) in AWS KMS. */
public final class KmsSecretKey implements KmsKey, SecretKey {
    private final transient KmsKeyReference reference;
    private final String algorithm;

    KmsSecretKey(KmsKeyReference reference, String algorithm) {
        this.reference = reference;
        this.algorithm = algorithm;
    }

    KmsKeyReference reference() {
        return reference;
    }

    @Override
    public String arn() {
        return reference.arn();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KmsSecretKey key && key.arn().equals(arn());
    }

    @Override
    public int hashCode() {
        return arn().hashCode();
    }

    @Override
    public String toString() {
        return reference.toString();
    }

    private void writeObject(ObjectOutputStream stream) throws NotSerializableException {
        throw new NotSerializableException("a key of AWS KMS stays there");
    }
}
