package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECKey;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;

/** Ed25519 keys, whose messages AWS KMS takes whole. */
@ExtendWith(KeywardExtension.class)
class EdwardsKeysTest {
    private static final int LONGEST_BYTES = 4096;

    private final KmsClient kms;
    private final KeywardProvider provider;

    EdwardsKeysTest(KmsClient kms) {
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

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EdDSA"})
    void theJdkVerifiesWhatWasSigned(String algorithm) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
        byte[] message = new byte[LONGEST_BYTES];

        for (int length : new int[] {1, 2, LONGEST_BYTES}) {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            assertThat(signature.getProvider()).isSameAs(provider);
            signature.update(message, 0, length / 2);
            signature.update(message, length / 2, length - length / 2);
            byte[] signed = signature.sign();

            Signature verification = Signature.getInstance(algorithm);
            verification.initVerify(pair.getPublic());
            verification.update(message, 0, length);
            assertThat(verification.verify(signed)).isTrue();
        }
    }

    @Test
    void moreThanKmsTakesIsRefusedNamingTheLimit() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", provider);
        signature.initSign(generate().getPrivate());
        signature.update(new byte[LONGEST_BYTES]);

        assertThatThrownBy(() -> signature.update((byte) 0))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("4096");
        assertThatThrownBy(signature::sign) // who goes on gets no signature of a part
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("4096");

        signature.update((byte) 0);
        assertThat(signature.sign()).hasSize(64);
    }

    @Test
    void generatorsKnowNoOtherCurve() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA", provider);
        generator.initialize(NamedParameterSpec.ED25519);
        generator.initialize(255);

        assertThatThrownBy(() -> generator.initialize(NamedParameterSpec.ED448))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> generator.initialize(448)).isInstanceOf(InvalidParameterException.class);
        assertThat(generator.generateKeyPair().getPrivate())
                .isInstanceOfSatisfying(
                        EdECKey.class,
                        key -> assertThat(key.getParams().getName()).isEqualTo("Ed25519"));
    }

    @Test
    void prehashedAndContextualFormsAreRefused() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", provider);
        signature.initSign(generate().getPrivate());

        assertThatThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(true)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(false, new byte[1])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void keysOfOthersAndDisabledOnesAreRefused() throws GeneralSecurityException {
        KeyPair pair = generate();
        Signature signature = Signature.getInstance("Ed25519", provider);
        KeyPair foreign = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
        assertThatThrownBy(() -> signature.initSign(foreign.getPrivate())).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> signature.initSign(null)).isInstanceOf(InvalidKeyException.class);

        signature.initSign(pair.getPrivate());
        kms.disableKey(request -> request.keyId(((KmsKey) pair.getPrivate()).arn()));
        signature.update((byte) 1);
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasCauseInstanceOf(DisabledException.class);
    }

    private KeyPair generate() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair();
    }
}
