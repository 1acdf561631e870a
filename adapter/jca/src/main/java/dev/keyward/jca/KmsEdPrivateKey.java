package dev.keyward.jca;

import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;

/** The private half of an Ed25519 key pair in AWS KMS. It shows its curve. */
final class KmsEdPrivateKey extends KmsPrivateKey implements EdECKey {
    private final EdECPublicKey publicKey;

    KmsEdPrivateKey(KmsKeyReference reference, EdECPublicKey publicKey) {
        super(reference, "EdDSA");
        this.publicKey = publicKey;
    }

    @Override
    public EdECPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public NamedParameterSpec getParams() {
        return publicKey.getParams();
    }
}
