package dev.keyward.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** Creates key pairs in AWS KMS; a source of randomness that is given is not used. */
final class KmsKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
    private static final Map<Integer, KeySpec> RSA_BY_BITS =
            Map.of(2048, KeySpec.RSA_2048, 3072, KeySpec.RSA_3072, 4096, KeySpec.RSA_4096);
    private static final Map<Integer, KeySpec> EC_BY_BITS =
            Map.of(256, KeySpec.ECC_NIST_P256, 384, KeySpec.ECC_NIST_P384, 521, KeySpec.ECC_NIST_P521);
    private static final Map<String, KeySpec> EC_BY_CURVE = Map.of(
            "secp256r1", KeySpec.ECC_NIST_P256,
            "secp384r1", KeySpec.ECC_NIST_P384,
            "secp521r1", KeySpec.ECC_NIST_P521);

    private static final Map<Integer, KeySpec> EDWARDS_BY_BITS = Map.of(255, KeySpec.ECC_NIST_EDWARDS25519);
    private static final Map<String, KeySpec> EDWARDS_BY_CURVE = Map.of("Ed25519", KeySpec.ECC_NIST_EDWARDS25519);

    private final KmsConnection connection;
    private final String algorithm;
    private final Map<Integer, KeySpec> byBits;
    private final Map<String, KeySpec> byCurve;
    private KmsKeyGenParameterSpec wanted;

    private KmsKeyPairGeneratorSpi(
            KmsConnection connection,
            String algorithm,
            Map<Integer, KeySpec> byBits,
            Map<String, KeySpec> byCurve,
            KeySpec usual) {
        this.connection = connection;
        this.algorithm = algorithm;
        this.byBits = byBits;
        this.byCurve = byCurve;
        wanted = KmsKeyGenParameterSpec.of(usual);
    }

    /** One of RSA keys, of 3072 bits if nothing else is said. */
    static KmsKeyPairGeneratorSpi rsa(KmsConnection connection) {
        return new KmsKeyPairGeneratorSpi(connection, "RSA", RSA_BY_BITS, Map.of(), KeySpec.RSA_3072);
    }

    /** One of elliptic-curve keys, of P-256 if nothing else is said. */
    static KmsKeyPairGeneratorSpi ellipticCurve(KmsConnection connection) {
        return new KmsKeyPairGeneratorSpi(connection, "EC", EC_BY_BITS, EC_BY_CURVE, KeySpec.ECC_NIST_P256);
    }

    /** One of Ed25519 keys. */
    static KmsKeyPairGeneratorSpi edwardsCurve(KmsConnection connection) {
        return new KmsKeyPairGeneratorSpi(
                connection, "EdDSA", EDWARDS_BY_BITS, EDWARDS_BY_CURVE, KeySpec.ECC_NIST_EDWARDS25519);
    }

    @Override
    public void initialize(int keySizeBits, @Nullable SecureRandom random) {
        KeySpec keySpec = byBits.get(keySizeBits);
        if (keySpec == null) {
            throw new InvalidParameterException("AWS KMS has no " + algorithm + " keys of " + keySizeBits + " bits");
        }
        wanted = KmsKeyGenParameterSpec.of(keySpec);
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        wanted = switch (parameters) {
            case KmsKeyGenParameterSpec given when byBits.containsValue(given.keySpec()) -> given;
            case NamedParameterSpec curve
            when byCurve.containsKey(curve.getName()) -> KmsKeyGenParameterSpec.of(byCurve.get(curve.getName()));
            case null, default ->
                throw new InvalidAlgorithmParameterException("takes a KmsKeyGenParameterSpec of " + byBits.values()
                        + (byCurve.isEmpty() ? "" : " or a NamedParameterSpec of " + byCurve.keySet()));
        };
    }

    @Override
    public KeyPair generateKeyPair() {
        KmsPrivateKey created = (KmsPrivateKey) KeyCreation.create(connection, wanted);
        return new KeyPair(created.publicKey(), created);
    }
}
