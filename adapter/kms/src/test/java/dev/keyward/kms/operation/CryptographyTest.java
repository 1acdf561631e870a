package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static dev.keyward.kms.operation.Refusals.assertRefusedInSilence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import tools.jackson.databind.JsonNode;

/** Encrypt, Decrypt, ReEncrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateRandom. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class CryptographyTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");
    private static final Map<String, String> CONTEXT = Map.of("purpose", "test", "ümlaut", "😀");
    private static final String DRY_RUN = "The request would have succeeded, but the DryRun option is set.";

    private final FaceFixture fixture;
    private final String key;

    CryptographyTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatIsEncryptedIsDecrypted() {
        EncryptResponse encrypted = encrypt();
        DecryptResponse decrypted = fixture.kms.decrypt(
                request -> request.ciphertextBlob(encrypted.ciphertextBlob()).encryptionContext(CONTEXT));

        assertThat(encrypted.keyId()).isEqualTo(fixture.arn(key));
        assertThat(encrypted.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(decrypted.plaintext()).isEqualTo(MESSAGE);
        assertThat(decrypted.keyId()).isEqualTo(fixture.arn(key));
        assertThat(decrypted.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(decrypted.keyMaterialId()).isEqualTo(currentMaterial(key));
    }

    @Test
    void encryptAndDecryptSendWhatAwsSends() {
        JsonNode encrypted = fixture.json("Encrypt", "{\"KeyId\": \"" + key + "\", \"Plaintext\": \"AAAA\"}");
        JsonNode decrypted = fixture.json(
                "Decrypt",
                "{\"CiphertextBlob\": \"" + encrypted.get("CiphertextBlob").asString() + "\"}");

        assertThat(encrypted.propertyNames())
                .containsExactlyInAnyOrder("CiphertextBlob", "EncryptionAlgorithm", "KeyId");
        assertThat(decrypted.propertyNames())
                .containsExactlyInAnyOrder("EncryptionAlgorithm", "KeyId", "KeyMaterialId", "Plaintext");
        assertThat(decrypted.get("Plaintext").asString()).isEqualTo("AAAA");
    }

    @Test
    void anotherContextIsAnotherCiphertext() {
        SdkBytes blob = encrypt().ciphertextBlob();

        assertRefusedInSilence(
                () -> fixture.kms.decrypt(request -> request.ciphertextBlob(blob)), "InvalidCiphertextException");
        assertRefusedInSilence(
                () -> fixture.kms.decrypt(
                        request -> request.ciphertextBlob(blob).encryptionContext(Map.of("purpose", "other"))),
                "InvalidCiphertextException");
    }

    @Test
    void nonsenseIsNoCiphertext() {
        assertRefusedInSilence(
                () -> fixture.kms.decrypt(
                        request -> request.ciphertextBlob(SdkBytes.fromUtf8String("not-a-valid-message"))),
                "InvalidCiphertextException");
    }

    @Test
    void aKeyThatDidNotEncrypt() {
        SdkBytes blob = encrypt().ciphertextBlob();
        String other = fixture.createKey();

        assertRefused(
                () -> fixture.kms.decrypt(request ->
                        request.ciphertextBlob(blob).encryptionContext(CONTEXT).keyId(other)),
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    @Test
    void anAlgorithmThatIsNotTheKeys() {
        assertRefused(
                () -> fixture.kms.encrypt(
                        request -> request.keyId(key).plaintext(MESSAGE).encryptionAlgorithm("RSAES_OAEP_SHA_256")),
                "InvalidKeyUsageException",
                "Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.");
        assertRefused(
                () -> fixture.kms.encrypt(request ->
                        request.keyId(key).plaintext(MESSAGE).dryRun(true).encryptionAlgorithm("RSAES_OAEP_SHA_256")),
                "InvalidKeyUsageException",
                "Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.");
    }

    @Test
    void aDisabledKey() {
        SdkBytes blob = encrypt().ciphertextBlob();
        fixture.kms.disableKey(request -> request.keyId(key));

        assertRefused(this::encrypt, "DisabledException", fixture.arn(key) + " is disabled.");
        assertRefused(
                () -> fixture.kms.decrypt(
                        request -> request.ciphertextBlob(blob).encryptionContext(CONTEXT)),
                "DisabledException",
                fixture.arn(key) + " is disabled.");
    }

    @Test
    void aDryRunOnlyTells() {
        assertRefused(
                () -> fixture.kms.encrypt(
                        request -> request.keyId(key).plaintext(MESSAGE).dryRun(true)),
                "DryRunOperationException",
                DRY_RUN);
        assertRefused(
                () -> fixture.kms.generateDataKey(
                        request -> request.keyId(key).numberOfBytes(1).dryRun(true)),
                "DryRunOperationException",
                DRY_RUN);
    }

    @Test
    void aMessageIsMovedToAnotherKey() {
        SdkBytes blob = encrypt().ciphertextBlob();
        String other = fixture.createKey();
        fixture.kms.createAlias(request -> request.aliasName("alias/other").targetKeyId(other));

        ReEncryptResponse moved = fixture.kms.reEncrypt(request -> request.ciphertextBlob(blob)
                .sourceEncryptionContext(CONTEXT)
                .destinationKeyId("alias/other")
                .destinationEncryptionContext(Map.of("new", "context")));

        assertThat(moved.sourceKeyId()).isEqualTo(fixture.arn(key));
        assertThat(moved.keyId()).isEqualTo(fixture.arn(other));
        assertThat(moved.sourceEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(moved.destinationEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(moved.sourceKeyMaterialId()).isEqualTo(currentMaterial(key));
        assertThat(moved.destinationKeyMaterialId()).isEqualTo(currentMaterial(other));
        assertThat(fixture.kms
                        .decrypt(request -> request.ciphertextBlob(moved.ciphertextBlob())
                                .encryptionContext(Map.of("new", "context")))
                        .plaintext())
                .isEqualTo(MESSAGE);
    }

    @Test
    void aMessageIsMovedWithinAKey() {
        SdkBytes blob = encrypt().ciphertextBlob();

        ReEncryptResponse moved = fixture.kms.reEncrypt(request ->
                request.ciphertextBlob(blob).sourceEncryptionContext(CONTEXT).destinationKeyId(key));

        assertThat(fixture.kms
                        .decrypt(request -> request.ciphertextBlob(moved.ciphertextBlob()))
                        .plaintext())
                .isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"AES_128, 16", "AES_256, 32"})
    void aDataKeyOfASpec(String spec, int lengthBytes) {
        GenerateDataKeyResponse dataKey =
                fixture.kms.generateDataKey(request -> request.keyId(key).keySpec(spec));

        assertThat(dataKey.plaintext().asByteArray()).hasSize(lengthBytes).isNotEqualTo(new byte[lengthBytes]);
        assertThat(dataKey.keyId()).isEqualTo(fixture.arn(key));
        assertThat(dataKey.keyMaterialId()).isEqualTo(currentMaterial(key));
        assertThat(fixture.kms
                        .decrypt(request -> request.ciphertextBlob(dataKey.ciphertextBlob()))
                        .plaintext())
                .isEqualTo(dataKey.plaintext());
    }

    @Test
    void aDataKeyThatNobodySees() {
        GenerateDataKeyWithoutPlaintextResponse dataKey = fixture.kms.generateDataKeyWithoutPlaintext(
                request -> request.keyId(key).numberOfBytes(1024).encryptionContext(CONTEXT));

        assertThat(dataKey.keyId()).isEqualTo(fixture.arn(key));
        assertThat(fixture.kms
                        .decrypt(request ->
                                request.ciphertextBlob(dataKey.ciphertextBlob()).encryptionContext(CONTEXT))
                        .plaintext()
                        .asByteArray())
                .hasSize(1024)
                .isNotEqualTo(new byte[1024]);
    }

    @Test
    void aDataKeyNeedsOneLength() {
        String text = "Please specify either number of bytes or key spec.";
        assertRefused(() -> fixture.kms.generateDataKey(request -> request.keyId(key)), "ValidationException", text);
        assertRefused(
                () -> fixture.kms.generateDataKey(
                        request -> request.keyId(key).keySpec("AES_256").numberOfBytes(32)),
                "ValidationException",
                text);
    }

    @Test
    void randomBytes() {
        byte[] bytes = fixture.kms
                .generateRandom(request -> request.numberOfBytes(1024))
                .plaintext()
                .asByteArray();

        assertThat(bytes).hasSize(1024).isNotEqualTo(new byte[1024]);
        assertRefused(() -> fixture.kms.generateRandom(), "ValidationException", "NumberOfBytes is required.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Decrypt;         {\"CiphertextBlob\": \"AAAA\", \"Recipient\": {}};         Recipient is not supported.",
                "Decrypt;         {\"DryRunModifiers\": [\"IGNORE_CIPHERTEXT\"]};            DryRunModifiers is not supported.",
                "ReEncrypt;       {\"DestinationKeyId\": \"k\", \"DryRunModifiers\": []};    DryRunModifiers is not supported.",
                "GenerateDataKey; {\"KeyId\": \"k\", \"KeySpec\": \"AES_256\", \"Recipient\": {}}; Recipient is not supported.",
                "GenerateRandom;  {\"NumberOfBytes\": 1, \"Recipient\": {}};                 Recipient is not supported.",
                "GenerateRandom;  {\"NumberOfBytes\": 1, \"CustomKeyStoreId\": \"c\"};       CustomKeyStoreId is not supported.",
            })
    void whatIsNotSupportedIsNamed(String operation, String body, String message) {
        JsonNode refusal = fixture.json(operation, body);

        assertThat(refusal.get("__type").asString()).isEqualTo("UnsupportedOperationException");
        assertThat(refusal.get("message").asString()).isEqualTo(message);
    }

    @Test
    void withoutTheModifierACiphertextIsRequired() {
        assertRefused(
                () -> fixture.kms.decrypt(request -> request.keyId(key)),
                "ValidationException",
                "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must"
                        + " not be null");
    }

    private EncryptResponse encrypt() {
        return fixture.kms.encrypt(
                request -> request.keyId(key).plaintext(MESSAGE).encryptionContext(CONTEXT));
    }

    private String currentMaterial(String keyId) {
        return fixture.kms
                .describeKey(request -> request.keyId(keyId))
                .keyMetadata()
                .currentKeyMaterialId();
    }
}
