package dev.keyward.jca;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * ECDH by DeriveSharedSecret, with a public key of any provider. AWS KMS is asked in {@link #engineDoPhase}, which can say
 * what is wrong with a key; the secret is kept until it is taken.
 */
final class KmsKeyAgreementSpi extends KeyAgreementSpi {
    /** What the JDK's ECDH makes keys of: all else needs a key derivation, which is not a key agreement's business. */
    private static final Set<String> SECRET_KEYS = Set.of("TlsPremasterSecret", "Generic");

    private final KmsConnection connection;
    private @Nullable KmsEcPrivateKey key;
    private byte @Nullable [] secret;

    KmsKeyAgreementSpi(KmsConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void engineInit(Key given, @Nullable SecureRandom random) throws InvalidKeyException {
        key = connection.own(given, KmsEcPrivateKey.class, "EC", KeyUsageType.KEY_AGREEMENT);
        forget();
    }

    @Override
    protected void engineInit(Key given, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("ECDH takes no parameters");
        }
        engineInit(given, random);
    }

    @Override
    protected @Nullable Key engineDoPhase(Key peer, boolean lastPhase) throws InvalidKeyException {
        KmsEcPrivateKey own = key;
        if (own == null || secret != null || !lastPhase) {
            throw new IllegalStateException("ECDH has one phase, between two parties, after it is initialized");
        }
        byte[] publicKey = encoded(peer, own.getParams());
        try {
            secret = connection
                    .kms()
                    .deriveSharedSecret(request -> request.keyId(own.arn())
                            .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)
                            .publicKey(SdkBytes.fromByteArray(publicKey)))
                    .sharedSecret()
                    .asByteArray();
            return null;
        } catch (SdkException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    /** As a SubjectPublicKeyInfo with the curve's name, whatever the provider of a key would write. */
    private static byte[] encoded(@Nullable Key peer, ECParameterSpec parameters) throws InvalidKeyException {
        if (!(peer instanceof ECPublicKey publicKey) || !isSameCurve(publicKey.getParams(), parameters)) {
            throw new InvalidKeyException("takes an EC public key of the same curve as the private one's");
        }
        if (!isOnCurve(publicKey.getW(), parameters.getCurve())) {
            throw new InvalidKeyException("the public key is no point of its curve");
        }
        try {
            return PublicKeys.factory("EC")
                    .generatePublic(new ECPublicKeySpec(publicKey.getW(), parameters))
                    .getEncoded();
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new InvalidKeyException("no provider here writes the public key", e);
        }
    }

    private static boolean isSameCurve(@Nullable ECParameterSpec one, ECParameterSpec other) {
        return one != null
                && one.getCurve().equals(other.getCurve())
                && one.getGenerator().equals(other.getGenerator())
                && one.getOrder().equals(other.getOrder());
    }

    /** SP 800-56A, 5.6.2.3.4. Since the cofactor is 1 on all of these curves, such a point has the right order. */
    private static boolean isOnCurve(ECPoint point, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x == null || y == null || !isBelow(x, p) || !isBelow(y, p)) {
            return false;
        }
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    private static boolean isBelow(BigInteger number, BigInteger bound) {
        return number.signum() >= 0 && number.compareTo(bound) < 0;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        byte[] taken = agreed().clone();
        forget();
        return taken;
    }

    @Override
    protected int engineGenerateSecret(byte[] output, int offset) throws ShortBufferException {
        byte[] agreed = agreed();
        if (output.length - offset < agreed.length) {
            throw new ShortBufferException("the secret has " + agreed.length + " bytes");
        }
        System.arraycopy(agreed, 0, output, offset, agreed.length);
        forget();
        return agreed.length;
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
        if (SECRET_KEYS.stream().noneMatch(name -> name.equalsIgnoreCase(algorithm))) {
            throw new NoSuchAlgorithmException("makes keys of " + SECRET_KEYS + " only, not of " + algorithm);
        }
        try {
            return new SecretKeySpec(agreed(), algorithm);
        } finally {
            forget();
        }
    }

    private byte[] agreed() {
        if (secret == null) {
            throw new IllegalStateException("no key has been agreed on");
        }
        return secret;
    }

    private void forget() {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
            secret = null;
        }
    }
}
