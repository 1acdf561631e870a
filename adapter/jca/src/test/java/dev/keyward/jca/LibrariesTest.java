package dev.keyward.jca;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.keyward.testkit.KeywardExtension;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** Libraries that know nothing of Keyward, given its keys. */
@ExtendWith(KeywardExtension.class)
class LibrariesTest {
    private final KeywardProvider provider;

    LibrariesTest(KmsClient kms) {
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

    @Test
    void nimbusSignsATokenWithAnRsaKey() throws GeneralSecurityException, JOSEException, ParseException {
        KeyPair pair = generate("RSA", 2048);
        JWSVerifier verifier = new RSASSAVerifier((RSAPublicKey) pair.getPublic());
        RSASSASigner signer = new RSASSASigner(pair.getPrivate());

        assertThat(signed("RS256", signer).verify(verifier)).isTrue();

        signer.getJCAContext().setProvider(provider); // Nimbus gives the parameters of PSS before the key
        assertThat(signed("PS256", signer).verify(verifier)).isTrue();
    }

    @Test
    void nimbusSignsATokenWithAnEllipticCurveKey() throws GeneralSecurityException, JOSEException, ParseException {
        KeyPair pair = generate("EC", 256);

        SignedJWT token = signed("ES256", new ECDSASigner(pair.getPrivate(), Curve.P_256));

        assertThat(token.verify(new ECDSAVerifier((ECPublicKey) pair.getPublic())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "SHA256withECDSA", "Ed25519"})
    void bouncyCastleBuildsACertificateRequest(String algorithm)
            throws GeneralSecurityException, OperatorCreationException, PKCSException {
        KeyPair pair = generateFor(algorithm);
        ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(pair.getPrivate());

        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=server.example"), pair.getPublic())
                .build(signer);

        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(pair.getPublic())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "SHA256withECDSA", "Ed25519"})
    void bouncyCastleSignsAMessage(String algorithm) throws Exception {
        KeyPair pair = generateFor(algorithm);
        X509Certificate certificate = IssuedCertificate.ofCode(pair, algorithm);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()), certificate));

        byte[] message = generator
                .generate(new CMSProcessableByteArray("hello".getBytes(StandardCharsets.UTF_8)), true)
                .getEncoded();

        SignerInformation signer =
                new CMSSignedData(message).getSignerInfos().iterator().next();
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                .isTrue();
    }

    private static SignedJWT signed(String algorithm, JWSSigner signer) throws JOSEException, ParseException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.parse(algorithm)),
                new JWTClaimsSet.Builder().subject("alice").build());
        token.sign(signer);
        return SignedJWT.parse(token.serialize());
    }

    private KeyPair generateFor(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "Ed25519" -> generate("Ed25519", 255);
            case "SHA256withECDSA" -> generate("EC", 256);
            default -> generate("RSA", 2048);
        };
    }

    private KeyPair generate(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
