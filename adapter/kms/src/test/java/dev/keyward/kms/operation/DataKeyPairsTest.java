package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;
import tools.jackson.databind.JsonNode;

/** GenerateDataKeyPair and GenerateDataKeyPairWithoutPlaintext. */
class DataKeyPairsTest {
    private static final Map<String, String> CONTEXT = Map.of("purpose", "test");

    private final FaceFixture fixture = new FaceFixture();
    private final String key = fixture.createKey();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSA, SHA256withRSA",
        "RSA_3072, RSA, SHA256withRSA",
        "ECC_NIST_P256, EC, SHA256withECDSA",
        "ECC_NIST_P384, EC, SHA384withECDSA",
        "ECC_NIST_P521, EC, SHA512withECDSA",
        "ECC_NIST_EDWARDS25519, Ed25519, Ed25519"
    })
    void theHalvesFitTogetherAndTheBlobHoldsThePrivateOne(String spec, String algorithm, String signing)
            throws GeneralSecurityException {
        GenerateDataKeyPairResponse pair = fixture.kms.generateDataKeyPair(
                request -> request.keyId(key).keyPairSpec(spec).encryptionContext(CONTEXT));

        PublicKey publicKey = KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(pair.publicKey().asByteArray()));
        PrivateKey privateKey = KeyFactory.getInstance(algorithm)
                .generatePrivate(
                        new PKCS8EncodedKeySpec(pair.privateKeyPlaintext().asByteArray()));
        Signature signature = Signature.getInstance(signing);
        signature.initSign(privateKey);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(pair.keyPairSpecAsString()).isEqualTo(spec);
        assertThat(pair.keyId()).isEqualTo(fixture.arn(key));
        assertThat(decrypted(pair.privateKeyCiphertextBlob())).isEqualTo(pair.privateKeyPlaintext());
    }

    @Test
    void withoutPlaintextThePrivateHalfIsOnlyInTheBlob() throws GeneralSecurityException {
        JsonNode pair = fixture.json(
                "GenerateDataKeyPairWithoutPlaintext",
                "{\"KeyId\": \"%s\", \"KeyPairSpec\": \"ECC_NIST_P256\", \"EncryptionContext\": {\"purpose\": \"test\"}}"
                        .formatted(key));

        assertThat(pair.propertyNames())
                .containsExactlyInAnyOrder(
                        "KeyId", "KeyPairSpec", "KeyMaterialId", "PrivateKeyCiphertextBlob", "PublicKey");
        SdkBytes privateKey = decrypted(SdkBytes.fromByteArray(java.util.Base64.getDecoder()
                .decode(pair.get("PrivateKeyCiphertextBlob").asString())));
        assertThat(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey.asByteArray())))
                .isNotNull();
    }

    @Test
    void noTwoPairsAreAlike() {
        assertThat(generate("ECC_NIST_P256").publicKey())
                .isNotEqualTo(generate("ECC_NIST_P256").publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECC_SECG_P256K1", "SM2"})
    void whatCannotBeMadeIsRefusedByName(String spec) {
        assertRefused(
                () -> generate(spec),
                "UnsupportedOperationException",
                "KeyPairSpec %s is not supported.".formatted(spec));
    }

    private GenerateDataKeyPairResponse generate(String spec) {
        return fixture.kms.generateDataKeyPair(request -> request.keyId(key).keyPairSpec(spec));
    }

    private SdkBytes decrypted(SdkBytes blob) {
        return fixture.kms
                .decrypt(request -> request.ciphertextBlob(blob).encryptionContext(CONTEXT))
                .plaintext();
    }
}
