package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.testkit.KeywardExtension;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.stream.Stream;
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

/** Key pairs through {@code java.security}, asked for without naming the provider, and verified by the JDK's. */
@ExtendWith(KeywardExtension.class)
class SignaturesTest {
    /** Far more than AWS KMS signs itself. */
    private static final byte[] MESSAGE = new byte[100_000];

    private final KmsClient kms;
    private final KeywardProvider provider;

    SignaturesTest(KmsClient kms) {
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

    static Stream<Arguments> algorithms() {
        List<String> rsa = List.of("SHA256withRSA", "SHA384withRSA", "SHA512withRSA");
        return Stream.of(
                Arguments.of("RSA", KeySpec.RSA_2048, rsa),
                Arguments.of("RSA", KeySpec.RSA_3072, rsa),
                Arguments.of("RSA", KeySpec.RSA_4096, rsa),
                Arguments.of("EC", KeySpec.ECC_NIST_P256, List.of("SHA256withECDSA", "SHA256withECDSAinP1363Format")),
                Arguments.of("EC", KeySpec.ECC_NIST_P384, List.of("SHA384withECDSA", "SHA384withECDSAinP1363Format")),
                Arguments.of("EC", KeySpec.ECC_NIST_P521, List.of("SHA512withECDSA", "SHA512withECDSAinP1363Format")));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void theJdkVerifiesWhatWasSigned(String type, KeySpec keySpec, List<String> algorithms)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type, provider);
        generator.initialize(KmsKeyGenParameterSpec.of(keySpec).withAlias("alias/" + keySpec));
        KeyPair pair = generator.generateKeyPair();
        assertThat(((KmsKey) pair.getPrivate()).arn())
                .isEqualTo(kms.describeKey(request -> request.keyId("alias/" + keySpec))
                        .keyMetadata()
                        .arn());

        for (String algorithm : algorithms) {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            assertThat(signature.getProvider()).isSameAs(provider);
            signature.update(MESSAGE);
            byte[] signed = signature.sign();

            Signature verification = Signature.getInstance(algorithm);
            verification.initVerify(pair.getPublic());
            assertThat(verification.getProvider()).isNotSameAs(provider);
            verification.update(MESSAGE);
            assertThat(verification.verify(signed)).as(algorithm).isTrue();

            signature.update(MESSAGE); // it can be used again
            verification.update(MESSAGE);
            assertThat(verification.verify(signature.sign())).as(algorithm).isTrue();
        }
    }

    static Stream<PSSParameterSpec> pssParameters() {
        return Stream.of(pss("SHA-256", 32), pss("SHA-384", 48), pss("SHA-512", 64));
    }

    @ParameterizedTest
    @MethodSource("pssParameters")
    void pssHasTheParametersThatAreSet(PSSParameterSpec parameters) throws GeneralSecurityException {
        KeyPair pair = generate("RSA", 2048);
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.initSign(pair.getPrivate());
        signature.setParameter(parameters);
        signature.update(MESSAGE);
        byte[] signed = signature.sign();

        Signature verification = Signature.getInstance("RSASSA-PSS");
        verification.initVerify(pair.getPublic());
        verification.setParameter(signature.getParameters().getParameterSpec(PSSParameterSpec.class));
        verification.update(MESSAGE);
        assertThat(verification.verify(signed)).isTrue();
    }

    @Test
    void pssParametersThatKmsLacksAreRefused() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        signature.initSign(generate("RSA", 2048).getPrivate());

        assertThatThrownBy(() -> signature.setParameter(pss("SHA-256", 20)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> signature.setParameter(pss("SHA-1", 20)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("PSSParameterSpec");
    }

    @Test
    void aDisabledKeyFailsByTheErrorOfKms() throws GeneralSecurityException {
        KeyPair pair = generate("EC", 256);
        kms.disableKey(request -> request.keyId(((KmsKey) pair.getPrivate()).arn()));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);

        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasCauseInstanceOf(DisabledException.class);
    }

    @Test
    void curvesAreAskedForByName() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KmsKey created = (KmsKey) generator.generateKeyPair().getPrivate();

        assertThat(kms.describeKey(request -> request.keyId(created.arn()))
                        .keyMetadata()
                        .keySpec())
                .isEqualTo(KeySpec.ECC_NIST_P384);
    }

    @Test
    void aKeyOfAnotherKindAndAPublicKeyAreRefused() throws GeneralSecurityException {
        KeyPair pair = generate("EC", 256);
        PublicKey publicKey = pair.getPublic();
        Signature rsa = Signature.getInstance("SHA256withRSA", provider);

        assertThatThrownBy(() -> rsa.initSign(pair.getPrivate())).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> rsa.initVerify(publicKey)).isInstanceOf(InvalidKeyException.class);
        assertThat(publicKey.getFormat()).isEqualTo("X.509");
        assertThat(pair.getPrivate().getEncoded()).isNull();
    }

    private KeyPair generate(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static PSSParameterSpec pss(String digest, int saltBytes) {
        return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltBytes, 1);
    }
}
