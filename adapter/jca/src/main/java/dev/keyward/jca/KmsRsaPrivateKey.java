package dev.keyward.jca;

import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** The private half of an RSA key pair in AWS KMS. It shows its modulus, by which TLS and others choose algorithms. */
final class KmsRsaPrivateKey extends KmsPrivateKey implements RSAKey {
    private final RSAPublicKey publicKey;

    KmsRsaPrivateKey(KmsKeyReference reference, RSAPublicKey publicKey) {
        super(reference, "RSA");
        this.publicKey = publicKey;
    }

    @Override
    public RSAPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public BigInteger getModulus() {
        return publicKey.getModulus();
    }

    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return publicKey.getParams();
    }
}
