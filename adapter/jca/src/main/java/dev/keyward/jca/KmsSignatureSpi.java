package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * Signatures by Sign. A message of any length is digested here, and its digest signed there; only one for Ed25519 is sent as
 * it is. Verification needs no secret: public halves are plain keys, which any provider verifies with.
 */
final class KmsSignatureSpi extends SignatureSpi {
    /** What form signatures have, and whether there are parameters. */
    enum Form {
        AS_IT_IS,
        P1363,
        WITH_PSS_PARAMETERS
    }

    private final KmsConnection connection;
    private final Form form;
    private @Nullable SignatureAlgorithm algorithm;
    private @Nullable KmsPrivateKey key;
    private @Nullable MessageToSign message;

    private KmsSignatureSpi(KmsConnection connection, @Nullable SignatureAlgorithm algorithm, Form form) {
        this.connection = connection;
        this.algorithm = algorithm;
        this.form = form;
    }

    static KmsSignatureSpi of(KmsConnection connection, SignatureAlgorithm algorithm) {
        return new KmsSignatureSpi(connection, algorithm, Form.AS_IT_IS);
    }

    static KmsSignatureSpi inP1363Format(KmsConnection connection, SignatureAlgorithm algorithm) {
        return new KmsSignatureSpi(connection, algorithm, Form.P1363);
    }

    /** RSASSA-PSS, whose algorithm comes with its parameters. */
    static KmsSignatureSpi withPssParameters(KmsConnection connection) {
        return new KmsSignatureSpi(connection, null, Form.WITH_PSS_PARAMETERS);
    }

    @Override
    protected void engineInitSign(PrivateKey given) throws InvalidKeyException {
        String keyAlgorithm = form == Form.WITH_PSS_PARAMETERS || algorithm == null ? "RSA" : algorithm.keyAlgorithm();
        key = connection.own(given, KmsPrivateKey.class, keyAlgorithm, KeyUsageType.SIGN_VERIFY);
        message = null;
    }

    @Override
    protected void engineInitVerify(PublicKey given) throws InvalidKeyException {
        throw new InvalidKeyException("public keys are plain ones: verify with another provider");
    }

    @Override
    protected void engineUpdate(byte input) throws SignatureException {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) throws SignatureException {
        message().add(input, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        KmsPrivateKey signer = initialized();
        byte[] toSign = message().finish();
        try {
            byte[] signature = signer.sign(chosen(), toSign);
            return form == Form.P1363 && signer instanceof ECKey curved
                    ? EcdsaSignatureForm.toP1363(signature, orderBytes(curved))
                    : signature;
        } catch (SdkException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    private static int orderBytes(ECKey key) {
        return Math.ceilDiv(key.getParams().getOrder().bitLength(), Byte.SIZE);
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("not initialized for verification");
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (form != Form.WITH_PSS_PARAMETERS) {
            if (parameters != null) {
                throw new InvalidAlgorithmParameterException("takes no parameters");
            }
            return;
        }
        if (!(parameters instanceof PSSParameterSpec pss)) {
            throw new InvalidAlgorithmParameterException("takes a PSSParameterSpec");
        }
        if (message != null) {
            throw new ProviderException("the parameters cannot change in the midst of a message");
        }
        algorithm = SignatureAlgorithm.of(pss);
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return form == Form.WITH_PSS_PARAMETERS && algorithm != null ? algorithm.pssParameters() : null;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("takes no parameters by name");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("has no parameters by name");
    }

    private KmsPrivateKey initialized() throws SignatureException {
        if (key == null) {
            throw new SignatureException("not initialized");
        }
        return key;
    }

    private SignatureAlgorithm chosen() throws SignatureException {
        if (algorithm == null) {
            throw new SignatureException("RSASSA-PSS needs a PSSParameterSpec first");
        }
        return algorithm;
    }

    private MessageToSign message() throws SignatureException {
        MessageToSign begun = message;
        if (begun == null) {
            begun = MessageToSign.of(chosen());
            message = begun;
        }
        return begun;
    }
}
