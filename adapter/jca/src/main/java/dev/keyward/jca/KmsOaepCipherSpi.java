package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * RSA-OAEP by Decrypt: deciphers and unwraps. Encryption needs no secret: public halves are plain keys, which any provider
 * encrypts with.
 *
 * <p>AWS KMS has one digest for label and mask alike. {@code OAEPWithSHA-256AndMGF1Padding} means a mask of SHA-1 to the
 * JDK and one of SHA-256 to others, so who uses it must say which by an {@link OAEPParameterSpec}.
 */
final class KmsOaepCipherSpi extends KmsCipherSpi {
    private final Set<OaepAlgorithm> possible;
    private final @Nullable OaepAlgorithm usual;
    private @Nullable OaepAlgorithm algorithm;

    private KmsOaepCipherSpi(KmsConnection connection, Set<OaepAlgorithm> possible, @Nullable OaepAlgorithm usual) {
        super(connection);
        this.possible = possible;
        this.usual = usual;
    }

    /** With any of KMS's parameters; with SHA-1, as Java has it, if none are given. */
    static KmsOaepCipherSpi withAnyDigest(KmsConnection connection) {
        return new KmsOaepCipherSpi(connection, EnumSet.allOf(OaepAlgorithm.class), OaepAlgorithm.RSAES_OAEP_SHA_1);
    }

    /** With SHA-1 throughout. */
    static KmsOaepCipherSpi withSha1(KmsConnection connection) {
        return new KmsOaepCipherSpi(
                connection, EnumSet.of(OaepAlgorithm.RSAES_OAEP_SHA_1), OaepAlgorithm.RSAES_OAEP_SHA_1);
    }

    /** With SHA-256, if the parameters say that the mask has it too. */
    static KmsOaepCipherSpi withSha256(KmsConnection connection) {
        return new KmsOaepCipherSpi(connection, EnumSet.of(OaepAlgorithm.RSAES_OAEP_SHA_256), null);
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return algorithm == null ? null : algorithm.parameters();
    }

    @Override
    protected void engineInit(int mode, Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        if (usual == null) {
            throw new InvalidKeyException("whether the mask has SHA-1 or SHA-256 is not the same for all providers:"
                    + " give an OAEPParameterSpec with MGF1ParameterSpec.SHA256, which AWS KMS has");
        }
        init(mode, key, usual);
    }

    @Override
    protected void engineInit(
            int mode, Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        switch (parameters) {
            case null -> engineInit(mode, key, random);
            case OAEPParameterSpec given -> {
                OaepAlgorithm wanted = OaepAlgorithm.of(given);
                if (!possible.contains(wanted)) {
                    throw new InvalidAlgorithmParameterException("this padding is not " + wanted);
                }
                init(mode, key, wanted);
            }
            default -> throw new InvalidAlgorithmParameterException("takes an OAEPParameterSpec");
        }
    }

    @Override
    protected void engineInit(
            int mode, Key key, @Nullable AlgorithmParameters parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            engineInit(
                    mode,
                    key,
                    parameters == null ? null : parameters.getParameterSpec(OAEPParameterSpec.class),
                    random);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("takes parameters of OAEP", e);
        }
    }

    private void init(int mode, Key key, OaepAlgorithm wanted) throws InvalidKeyException {
        if (encrypts(mode)) {
            throw new InvalidKeyException("public keys are plain ones: encrypt with another provider");
        }
        KmsRsaPrivateKey own = connection().own(key, KmsRsaPrivateKey.class, "RSA", KeyUsageType.ENCRYPT_DECRYPT);
        int modulusBytes = Math.ceilDiv(own.getModulus().bitLength(), Byte.SIZE);
        algorithm = wanted;
        begin(modulusBytes, modulusBytes, ciphertext -> decrypt(own.arn(), wanted, ciphertext));
    }

    @Override
    BadPaddingException refusal(SdkException reason) {
        return (BadPaddingException)
                new BadPaddingException("not a ciphertext of this key and algorithm").initCause(reason);
    }

    private SdkBytes decrypt(String arn, OaepAlgorithm wanted, SdkBytes ciphertext) {
        return connection()
                .kms()
                .decrypt(request ->
                        request.keyId(arn).encryptionAlgorithm(wanted.inKms()).ciphertextBlob(ciphertext))
                .plaintext();
    }
}
