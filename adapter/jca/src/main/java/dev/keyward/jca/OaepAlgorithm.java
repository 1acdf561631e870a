package dev.keyward.jca;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

/** One row for each RSAES-OAEP algorithm of AWS KMS: one digest for label and mask alike, and no label. */
enum OaepAlgorithm {
    RSAES_OAEP_SHA_1("SHA-1"),
    RSAES_OAEP_SHA_256("SHA-256");

    private static final String MASK = "MGF1";

    private final String digest;

    OaepAlgorithm(String digest) {
        this.digest = digest;
    }

    /**
     * The one that has exactly these parameters.
     *
     * @throws InvalidAlgorithmParameterException if AWS KMS has none
     */
    static OaepAlgorithm of(OAEPParameterSpec parameters) throws InvalidAlgorithmParameterException {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.has(parameters))
                .findAny()
                .orElseThrow(() -> new InvalidAlgorithmParameterException(
                        "AWS KMS has OAEP with SHA-1 or SHA-256, for digest and MGF1 alike, without a label; not digest "
                                + parameters.getDigestAlgorithm() + ", "
                                + parameters.getMGFAlgorithm() + " with "
                                + maskDigest(parameters)));
    }

    private boolean has(OAEPParameterSpec parameters) {
        return parameters.getDigestAlgorithm().equalsIgnoreCase(digest)
                && parameters.getMGFAlgorithm().equalsIgnoreCase(MASK)
                && digest.equalsIgnoreCase(maskDigest(parameters))
                && parameters.getPSource() instanceof PSource.PSpecified label
                && label.getValue().length == 0;
    }

    private static @Nullable String maskDigest(OAEPParameterSpec parameters) {
        return parameters.getMGFParameters() instanceof MGF1ParameterSpec mask ? mask.getDigestAlgorithm() : null;
    }

    AlgorithmParameters parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("OAEP");
            parameters.init(
                    new OAEPParameterSpec(digest, MASK, new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("the JDK writes parameters of OAEP", e);
        }
    }

    EncryptionAlgorithmSpec inKms() {
        return EncryptionAlgorithmSpec.fromValue(name());
    }
}
