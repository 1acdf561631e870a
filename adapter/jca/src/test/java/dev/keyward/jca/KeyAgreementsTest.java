package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Keys that agree on a secret with keys of other providers. */
@ExtendWith(KeywardExtension.class)
class KeyAgreementsTest {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final KmsClient kms;
    private final KeywardProvider provider;

    KeyAgreementsTest(KmsClient kms) {
        this.kms = kms;
        provider = new KeywardProvider(kms);
    }

    @BeforeEach
    void register() {
        Security.addProvider(provider);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(KeywardProvider.NAME);
    }

    static Stream<Arguments> curves() {
        Provider jdk = Security.getProvider("SunEC");
        return Stream.of(jdk, BOUNCY_CASTLE)
                .flatMap(peers -> Stream.of(
                        Arguments.of(KeySpec.ECC_NIST_P256, "secp256r1", peers),
                        Arguments.of(KeySpec.ECC_NIST_P384, "secp384r1", peers),
                        Arguments.of(KeySpec.ECC_NIST_P521, "secp521r1", peers)));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void bothSidesComeToTheSameSecret(KeySpec keySpec, String curve, Provider peers) throws GeneralSecurityException {
        KeyPair ours = generate(keySpec, KeyUsageType.KEY_AGREEMENT);
        KeyPair theirs = generate(curve, peers);
        KeyAgreement other = KeyAgreement.getInstance("ECDH", peers);
        other.init(theirs.getPrivate());
        other.doPhase(ours.getPublic(), true);

        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ours.getPrivate());
        assertThat(agreement.getProvider()).isSameAs(provider);
        agreement.doPhase(theirs.getPublic(), true);
        byte[] secret = agreement.generateSecret();

        assertThat(secret).isEqualTo(other.generateSecret());
        agreement.doPhase(theirs.getPublic(), true); // it can be used again
        byte[] roomy = new byte[secret.length + 2];
        assertThat(agreement.generateSecret(roomy, 1)).isEqualTo(secret.length);
        assertThat(roomy).containsSubsequence(secret).startsWith(0).endsWith(0);
    }

    @Test
    void keysAreMadeOfWhatTheJdkMakesThemOf() throws GeneralSecurityException {
        KeyAgreement agreement = initialized();
        KeyPair peer = generate("secp256r1", BOUNCY_CASTLE);

        agreement.doPhase(peer.getPublic(), true);
        SecretKey premaster = agreement.generateSecret("TlsPremasterSecret");
        assertThat(premaster.getAlgorithm()).isEqualTo("TlsPremasterSecret");
        assertThat(premaster.getEncoded()).hasSize(32);

        agreement.doPhase(peer.getPublic(), true);
        assertThat(agreement.generateSecret("Generic")).isNotNull();

        agreement.doPhase(peer.getPublic(), true);
        assertThatThrownBy(() -> agreement.generateSecret("AES")).isInstanceOf(NoSuchAlgorithmException.class);
        assertThat(agreement.generateSecret()).hasSize(32);
    }

    @Test
    void aSecretIsGivenOnceAndWaitsForRoom() throws GeneralSecurityException {
        KeyAgreement agreement = initialized();
        assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
        Key peer = generate("secp256r1", BOUNCY_CASTLE).getPublic();
        assertThatThrownBy(() -> agreement.doPhase(peer, false)).isInstanceOf(IllegalStateException.class);
        agreement.doPhase(peer, true);

        assertThatThrownBy(() -> agreement.doPhase(peer, true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> agreement.generateSecret(new byte[32], 1)).isInstanceOf(ShortBufferException.class);
        assertThat(agreement.generateSecret(new byte[32], 0)).isEqualTo(32);
        assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNoPointOfTheCurveIsRefused() throws GeneralSecurityException {
        KeyAgreement agreement = initialized();
        ECPublicKey peer = (ECPublicKey) generate("secp256r1", BOUNCY_CASTLE).getPublic();
        ECPoint point = peer.getW();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

        for (ECPoint wrong : new ECPoint[] {
            ECPoint.POINT_INFINITY,
            new ECPoint(BigInteger.ZERO, BigInteger.ZERO),
            new ECPoint(x, y.add(BigInteger.ONE)),
            new ECPoint(y, x),
            new ECPoint(x.add(p), y),
            new ECPoint(x, y.subtract(p))
        }) {
            assertThatThrownBy(() -> agreement.doPhase(new MadeUp(wrong, peer.getParams()), true))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageContaining("no point");
        }
        assertThatThrownBy(() ->
                        agreement.doPhase(generate("secp384r1", BOUNCY_CASTLE).getPublic(), true))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("same curve");
        assertThatThrownBy(() ->
                        agreement.doPhase(generate("secp256k1", BOUNCY_CASTLE).getPublic(), true))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> agreement.doPhase(null, true)).isInstanceOf(InvalidKeyException.class);
    }

    /** A public key that nobody has looked at. */
    private record MadeUp(ECPoint getW, ECParameterSpec getParams) implements ECPublicKey {
        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    @Test
    void keysForSomethingElseAndDisabledOnesAreRefused() throws GeneralSecurityException {
        KeyPair signing = generate(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        assertThatThrownBy(() -> agreement.init(signing.getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("is for SIGN_VERIFY, not for KEY_AGREEMENT");
        KeyPair foreign = generate("secp256r1", BOUNCY_CASTLE);
        assertThatThrownBy(() -> agreement.init(foreign.getPrivate())).isInstanceOf(InvalidKeyException.class);

        KeyPair ours = generate(KeySpec.ECC_NIST_P256, KeyUsageType.KEY_AGREEMENT);
        assertThatThrownBy(() -> agreement.init(ours.getPrivate(), new ECGenParameterSpec("secp256r1")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        agreement.init(ours.getPrivate());
        kms.disableKey(request -> request.keyId(((KmsKey) ours.getPrivate()).arn()));
        assertThatThrownBy(() -> agreement.doPhase(foreign.getPublic(), true))
                .isInstanceOf(InvalidKeyException.class)
                .hasCauseInstanceOf(DisabledException.class);
    }

    private KeyAgreement initialized() throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(
                generate(KeySpec.ECC_NIST_P256, KeyUsageType.KEY_AGREEMENT).getPrivate());
        return agreement;
    }

    private KeyPair generate(KeySpec keySpec, KeyUsageType usage) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(KmsKeyGenParameterSpec.of(keySpec).withUsage(usage));
        return generator.generateKeyPair();
    }

    private static KeyPair generate(String curve, Provider of) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", of);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }
}
