package dev.keyward.jca;

import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/** The private half of an elliptic-curve key pair in AWS KMS. It shows its curve, by which TLS and others choose algorithms. */
final class KmsEcPrivateKey extends KmsPrivateKey implements ECKey {
    private final ECPublicKey publicKey;

    KmsEcPrivateKey(KmsKeyReference reference, ECPublicKey publicKey) {
        super(reference, "EC");
        this.publicKey = publicKey;
    }

    @Override
    public ECPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public ECParameterSpec getParams() {
        return publicKey.getParams();
    }
}
