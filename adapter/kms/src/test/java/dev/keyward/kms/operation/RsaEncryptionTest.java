package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import tools.jackson.databind.JsonNode;

/** Encrypt, Decrypt and ReEncrypt with RSA keys. */
class RsaEncryptionTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");
    private static final String SHA_256 = "RSAES_OAEP_SHA_256";

    private final FaceFixture fixture = new FaceFixture();
    private final KeyMetadata key = fixture.kms
            .createKey(request -> request.keySpec("RSA_2048").keyUsage("ENCRYPT_DECRYPT"))
            .keyMetadata();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyIsDescribedAsAwsDescribesIt() {
        JsonNode metadata = fixture.json("DescribeKey", "{\"KeyId\": \"%s\"}".formatted(key.keyId()))
                .get("KeyMetadata");

        assertThat(metadata.get("EncryptionAlgorithms").toString())
                .isEqualTo("[\"RSAES_OAEP_SHA_1\",\"RSAES_OAEP_SHA_256\"]");
        assertThat(metadata.has("SigningAlgorithms")).isFalse();
        assertThat(metadata.has("CurrentKeyMaterialId")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
    void encryptAndDecryptSendWhatAwsSends(String algorithm) {
        JsonNode encrypted = fixture.json(
                "Encrypt",
                "{\"KeyId\": \"%s\", \"Plaintext\": \"AAAA\", \"EncryptionAlgorithm\": \"%s\"}"
                        .formatted(key.keyId(), algorithm));
        JsonNode decrypted = fixture.json(
                "Decrypt",
                "{\"KeyId\": \"%s\", \"CiphertextBlob\": \"%s\", \"EncryptionAlgorithm\": \"%s\"}"
                        .formatted(key.keyId(), encrypted.get("CiphertextBlob").asString(), algorithm));

        assertThat(encrypted.propertyNames())
                .containsExactlyInAnyOrder("CiphertextBlob", "EncryptionAlgorithm", "KeyId");
        assertThat(Base64.getDecoder().decode(encrypted.get("CiphertextBlob").asString()))
                .hasSize(256);
        assertThat(decrypted.propertyNames()).containsExactlyInAnyOrder("EncryptionAlgorithm", "KeyId", "Plaintext");
        assertThat(decrypted.get("Plaintext").asString()).isEqualTo("AAAA");
        assertThat(decrypted.get("KeyId").asString()).isEqualTo(key.arn());
        assertThat(decrypted.get("EncryptionAlgorithm").asString()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @CsvSource({"RSAES_OAEP_SHA_1, 214", "RSAES_OAEP_SHA_256, 190"})
    void aMessageThatIsTooLongIsRefused(String algorithm, int maximum) {
        assertThat(encrypt(algorithm, new byte[maximum]).asByteArray()).hasSize(256);
        assertRefused(
                () -> encrypt(algorithm, new byte[maximum + 1]),
                "ValidationException",
                "Algorithm %s and key spec RSA_2048 cannot encrypt data larger than %d bytes."
                        .formatted(algorithm, maximum));
    }

    @Test
    void theAlgorithmMustBeNamed() {
        assertRefused(
                () -> fixture.kms.encrypt(request -> request.keyId(key.keyId()).plaintext(MESSAGE)),
                "InvalidKeyUsageException",
                "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.");
    }

    @Test
    void theKeyOfACiphertextMustBeNamed() {
        SdkBytes ciphertext = encrypt(SHA_256, new byte[32]);

        assertRefused(
                () -> fixture.kms.decrypt(
                        request -> request.ciphertextBlob(ciphertext).encryptionAlgorithm(SHA_256)),
                "ValidationException",
                "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void anEncryptionContextIsRefused() {
        assertRefused(
                () -> fixture.kms.encrypt(request -> request.keyId(key.keyId())
                        .plaintext(MESSAGE)
                        .encryptionAlgorithm(SHA_256)
                        .encryptionContext(Map.of("purpose", "test"))),
                "ValidationException",
                "Algorithm RSAES_OAEP_SHA_256 does not support an encryption context.");
    }

    @Test
    void aCiphertextOfAnotherAlgorithmIsRefusedWithoutAMessage() {
        SdkBytes ciphertext = encrypt(SHA_256, new byte[32]);

        JsonNode refusal = fixture.json(
                "Decrypt",
                "{\"KeyId\": \"%s\", \"CiphertextBlob\": \"%s\", \"EncryptionAlgorithm\": \"%s\"}"
                        .formatted(
                                key.keyId(),
                                Base64.getEncoder().encodeToString(ciphertext.asByteArray()),
                                "RSAES_OAEP_SHA_1"));

        assertThat(refusal.get("__type").asString()).isEqualTo("InvalidCiphertextException");
        assertThat(refusal.has("message")).isFalse();
    }

    @Test
    void aMessageMovesBetweenKeysOfBothKinds() {
        String symmetric = fixture.createKey();
        SdkBytes ciphertext = encrypt(SHA_256, MESSAGE.asByteArray());

        ReEncryptResponse moved = fixture.kms.reEncrypt(request -> request.ciphertextBlob(ciphertext)
                .sourceKeyId(key.keyId())
                .sourceEncryptionAlgorithm(SHA_256)
                .destinationKeyId(symmetric));
        ReEncryptResponse back = fixture.kms.reEncrypt(request -> request.ciphertextBlob(moved.ciphertextBlob())
                .destinationKeyId(key.keyId())
                .destinationEncryptionAlgorithm("RSAES_OAEP_SHA_1"));

        assertThat(moved.sourceEncryptionAlgorithmAsString()).isEqualTo(SHA_256);
        assertThat(moved.sourceKeyMaterialId()).isNull();
        assertThat(moved.destinationEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(moved.destinationKeyMaterialId()).isNotNull();
        assertThat(back.destinationKeyMaterialId()).isNull();
        assertThat(fixture.kms
                        .decrypt(request -> request.keyId(key.keyId())
                                .ciphertextBlob(back.ciphertextBlob())
                                .encryptionAlgorithm("RSAES_OAEP_SHA_1"))
                        .plaintext())
                .isEqualTo(MESSAGE);
    }

    @Test
    void aMessageThatIsTooLongForItsDestinationDoesNotMove() {
        String symmetric = fixture.createKey();
        SdkBytes ciphertext = fixture.kms
                .encrypt(request -> request.keyId(symmetric).plaintext(SdkBytes.fromByteArray(new byte[191])))
                .ciphertextBlob();

        assertRefused(
                () -> fixture.kms.reEncrypt(request -> request.ciphertextBlob(ciphertext)
                        .destinationKeyId(key.keyId())
                        .destinationEncryptionAlgorithm(SHA_256)),
                "ValidationException",
                "Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.");
    }

    @Test
    void dataKeysAreNotForKeyPairs() {
        assertRefused(
                () -> fixture.kms.generateDataKey(
                        request -> request.keyId(key.keyId()).numberOfBytes(32)),
                "InvalidKeyUsageException",
                key.arn() + " key usage is ENCRYPT_DECRYPT which is not valid for GenerateDataKey.");
    }

    private SdkBytes encrypt(String algorithm, byte[] message) {
        return fixture.kms
                .encrypt(request -> request.keyId(key.keyId())
                        .plaintext(SdkBytes.fromByteArray(message))
                        .encryptionAlgorithm(algorithm))
                .ciphertextBlob();
    }
}
