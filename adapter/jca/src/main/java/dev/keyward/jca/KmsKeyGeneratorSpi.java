package dev.keyward.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** Creates symmetric encryption keys or HMAC keys. A source of randomness that is given is not used: the key is made where it stays. */
final class KmsKeyGeneratorSpi extends KeyGeneratorSpi {
    private final KmsConnection connection;
    private final KeySpec keySpec;
    private final int lengthBits;
    private KmsKeyGenParameterSpec wanted;

    KmsKeyGeneratorSpi(KmsConnection connection, KeySpec keySpec, int lengthBits) {
        this.connection = connection;
        this.keySpec = keySpec;
        this.lengthBits = lengthBits;
        wanted = KmsKeyGenParameterSpec.of(keySpec);
    }

    @Override
    protected void engineInit(@Nullable SecureRandom random) {
        wanted = KmsKeyGenParameterSpec.of(keySpec);
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof KmsKeyGenParameterSpec given && given.keySpec() == keySpec)) {
            throw new InvalidAlgorithmParameterException("takes a KmsKeyGenParameterSpec of " + keySpec);
        }
        wanted = given;
    }

    @Override
    protected void engineInit(int keySizeBits, @Nullable SecureRandom random) {
        if (keySizeBits != lengthBits) {
            throw new InvalidParameterException(keySpec + " keys have " + lengthBits + " bits");
        }
        engineInit(random);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        return (KmsSecretKey) KeyCreation.create(connection, wanted);
    }
}
