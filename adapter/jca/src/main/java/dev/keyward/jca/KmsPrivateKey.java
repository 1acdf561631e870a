package dev.keyward.jca;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** The private half of a key pair in AWS KMS. Its public half is a plain X.509 key, for any provider. */
public abstract sealed class KmsPrivateKey implements KmsKey, PrivateKey
        permits KmsRsaPrivateKey, KmsEcPrivateKey, KmsEdPrivateKey {
    private final transient KmsKeyReference reference;
    private final String algorithm;

    KmsPrivateKey(KmsKeyReference reference, String algorithm) {
        this.reference = reference;
        this.algorithm = algorithm;
    }

    /** The public half. */
    public abstract PublicKey publicKey();

    KmsKeyReference reference() {
        return reference;
    }

    /**
     * Asks for a signature.
     *
     * @param toSign the message or its digest, as the algorithm has it
     * @throws software.amazon.awssdk.core.exception.SdkException if there is none
     */
    final byte[] sign(SignatureAlgorithm algorithm, byte[] toSign) {
        return reference
                .connection()
                .kms()
                .sign(request -> request.keyId(arn())
                        .message(SdkBytes.fromByteArray(toSign))
                        .messageType(algorithm.messageType())
                        .signingAlgorithm(algorithm.inKms()))
                .signature()
                .asByteArray();
    }

    @Override
    public final String arn() {
        return reference.arn();
    }

    @Override
    public final String getAlgorithm() {
        return algorithm;
    }

    @Override
    public final @Nullable String getFormat() {
        return null;
    }

    @Override
    public final byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof KmsPrivateKey key && key.arn().equals(arn());
    }

    @Override
    public final int hashCode() {
        return arn().hashCode();
    }

    @Override
    public final String toString() {
        return reference.toString();
    }

    private void writeObject(ObjectOutputStream stream) throws NotSerializableException {
        throw new NotSerializableException("a key of AWS KMS stays there");
    }
}
