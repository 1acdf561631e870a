package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AuditEvent;
import dev.keyward.kms.FaceFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.VerifyResponse;
import tools.jackson.databind.JsonNode;

class SignaturesTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");

    private final FaceFixture fixture = new FaceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ECC_NIST_P256   | [\"ECDSA_SHA_256\"]",
                "ECC_NIST_P384   | [\"ECDSA_SHA_384\"]",
                "ECC_NIST_P521   | [\"ECDSA_SHA_512\"]",
                "ECC_SECG_P256K1 | [\"ECDSA_SHA_256\"]",
                "ECC_NIST_EDWARDS25519 | [\"ED25519_SHA_512\",\"ED25519_PH_SHA_512\"]",
                "RSA_2048        | [\"RSASSA_PKCS1_V1_5_SHA_256\",\"RSASSA_PKCS1_V1_5_SHA_384\","
                        + "\"RSASSA_PKCS1_V1_5_SHA_512\",\"RSASSA_PSS_SHA_256\",\"RSASSA_PSS_SHA_384\","
                        + "\"RSASSA_PSS_SHA_512\"]",
            })
    void aKeyIsDescribedAsAwsDescribesIt(String spec, String algorithms) {
        String body = "{\"KeySpec\": \"%s\", \"KeyUsage\": \"SIGN_VERIFY\"}".formatted(spec);
        JsonNode metadata = fixture.json("CreateKey", body).get("KeyMetadata");
        JsonNode publicKey = fixture.json(
                "GetPublicKey",
                "{\"KeyId\": \"%s\"}".formatted(metadata.get("KeyId").asString()));

        assertThat(metadata.get("KeySpec").asString()).isEqualTo(spec);
        assertThat(metadata.get("SigningAlgorithms").toString()).isEqualTo(algorithms);
        assertThat(metadata.has("EncryptionAlgorithms")).isFalse();
        assertThat(metadata.has("MacAlgorithms")).isFalse();
        assertThat(metadata.has("CurrentKeyMaterialId")).isFalse();
        assertThat(publicKey.propertyNames())
                .containsExactlyInAnyOrder(
                        "KeyId", "PublicKey", "CustomerMasterKeySpec", "KeySpec", "KeyUsage", "SigningAlgorithms");
        assertThat(publicKey.get("KeyId")).isEqualTo(metadata.get("Arn"));
        assertThat(publicKey.get("SigningAlgorithms")).isEqualTo(metadata.get("SigningAlgorithms"));
    }

    @Test
    void aSignatureIsMadeAndVerified() {
        KeyMetadata key = createKey();

        SignResponse signed = fixture.kms.sign(
                request -> request.keyId(key.keyId()).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"));
        VerifyResponse verified = fixture.kms.verify(request -> request.keyId(key.arn())
                .message(MESSAGE)
                .signingAlgorithm("ECDSA_SHA_256")
                .signature(signed.signature()));

        assertThat(signed.keyId()).isEqualTo(key.arn());
        assertThat(signed.signingAlgorithmAsString()).isEqualTo("ECDSA_SHA_256");
        assertThat(verified.keyId()).isEqualTo(key.arn());
        assertThat(verified.signatureValid()).isTrue();
        assertThat(verified.signingAlgorithmAsString()).isEqualTo("ECDSA_SHA_256");
    }

    @Test
    void aWrongSignatureIsRefusedWithoutAMessage() {
        String key = createKey().keyId();

        JsonNode refusal = fixture.json(
                "Verify",
                "{\"KeyId\": \"%s\", \"Message\": \"AAAA\", \"Signature\": \"AAAA\", \"SigningAlgorithm\": \"%s\"}"
                        .formatted(key, "ECDSA_SHA_256"));

        assertThat(refusal.get("__type").asString()).isEqualTo("KMSInvalidSignatureException");
        assertThat(refusal.has("message")).isFalse();
    }

    @Test
    void aDigestOfAnotherLengthIsToldBeforeTheSignature() {
        String key = createKey().keyId();
        for (int lengthBytes : new int[] {1, 31, 33, 48}) {
            SdkBytes digest = SdkBytes.fromByteArray(new byte[lengthBytes]);
            String text = "Digest is invalid length for algorithm ECDSA_SHA_256.";
            assertRefused(
                    () -> fixture.kms.sign(request -> request.keyId(key)
                            .message(digest)
                            .messageType(MessageType.DIGEST)
                            .signingAlgorithm("ECDSA_SHA_256")
                            .dryRun(true)),
                    "ValidationException",
                    text);
            assertRefused(
                    () -> fixture.kms.verify(request -> request.keyId(key)
                            .message(digest)
                            .messageType(MessageType.DIGEST)
                            .signature(digest)
                            .signingAlgorithm("ECDSA_SHA_256")),
                    "ValidationException",
                    text);
        }
    }

    @Test
    void anAlgorithmOfAnotherSpecIsRefused() {
        String key = createKey().keyId();
        for (String algorithm : List.of("ECDSA_SHA_384", "RSASSA_PSS_SHA_256", "SM2DSA", "ML_DSA_SHAKE_256")) {
            assertRefused(
                    () -> fixture.kms.sign(
                            request -> request.keyId(key).message(MESSAGE).signingAlgorithm(algorithm)),
                    "InvalidKeyUsageException",
                    "Algorithm %s is incompatible with key spec ECC_NIST_P256.".formatted(algorithm));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ED25519_SHA_512, DIGEST, ValidationException,"
                + " Algorithm ED25519_SHA_512 is incompatible with message type DIGEST.",
        "ED25519_PH_SHA_512, RAW, ValidationException,"
                + " Algorithm ED25519_PH_SHA_512 is incompatible with message type RAW.",
        "ED25519_PH_SHA_512, DIGEST, UnsupportedOperationException, there is no CKM_EDDSA with phFlag here"
    })
    void ed25519TakesOneTypeOfMessage(String algorithm, String type, String code, String message) {
        String key = fixture.kms
                .createKey(request -> request.keySpec("ECC_NIST_EDWARDS25519").keyUsage("SIGN_VERIFY"))
                .keyMetadata()
                .keyId();

        assertRefused(
                () -> fixture.kms.sign(request -> request.keyId(key)
                        .message(SdkBytes.fromByteArray(new byte[64]))
                        .messageType(type)
                        .signingAlgorithm(algorithm)),
                code,
                message);
    }

    @Test
    void aMessageOfAThirdTypeIsRefusedByName() {
        String key = createKey().keyId();

        assertRefused(
                () -> fixture.kms.sign(request -> request.keyId(key)
                        .message(MESSAGE)
                        .messageType(MessageType.EXTERNAL_MU)
                        .signingAlgorithm("ECDSA_SHA_256")),
                "UnsupportedOperationException",
                "MessageType EXTERNAL_MU is not supported.");
    }

    @Test
    void theRecordShowsNeitherMessageNorSignature() {
        KeyMetadata key = createKey();
        fixture.kms.sign(request -> request.keyId(key.keyId()).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"));

        AuditEvent event = fixture.lastAudited();

        assertThat(event.operation()).isEqualTo("Sign");
        assertThat(event.requestParameters()).containsOnlyKeys("keyId", "signingAlgorithm");
        assertThat(event.responseElements()).isNull();
        assertThat(event.resources()).containsExactly(key.arn());
    }

    @Test
    void aKeyPairDoesNotRotate() {
        KeyMetadata key = createKey();

        assertRefused(
                () -> fixture.kms.enableKeyRotation(request -> request.keyId(key.keyId())),
                "UnsupportedOperationException",
                "%s key spec is ECC_NIST_P256 which is not valid for EnableKeyRotation.".formatted(key.arn()));
        assertThat(fixture.kms
                        .getKeyRotationStatus(request -> request.keyId(key.keyId()))
                        .keyRotationEnabled())
                .isFalse();
    }

    @Test
    void aGrantAllowsWhatTheKeyIsFor() {
        String key = createKey().keyId();

        assertThat(grant(key, "[\"Sign\", \"Verify\", \"GetPublicKey\"], \"Name\": \"one\"")
                        .has("GrantId"))
                .isTrue();
        assertThat(grant(key, "[\"GenerateDataKey\"]").get("__type").asString()).isEqualTo("ValidationException");
        assertThat(grant(key, "[\"Sign\"], \"Constraints\": {\"EncryptionContextEquals\": {\"a\": \"b\"}}")
                        .get("__type")
                        .asString())
                .isEqualTo("ValidationException");
    }

    private JsonNode grant(String key, String operations) {
        return fixture.json(
                "CreateGrant",
                "{\"KeyId\": \"%s\", \"GranteePrincipal\": \"%s\", \"Operations\": %s}"
                        .formatted(key, "arn:aws:iam::111122223333:user/alice", operations));
    }

    private KeyMetadata createKey() {
        return fixture.kms
                .createKey(request -> request.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY"))
                .keyMetadata();
    }
}
