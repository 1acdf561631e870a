package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static dev.keyward.kms.operation.Refusals.assertRefusedInSilence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import tools.jackson.databind.JsonNode;

/** GetParametersForImport, ImportKeyMaterial, DeleteImportedKeyMaterial. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class ImportTest {
    private static final byte[] MATERIAL = new byte[32];

    private final FaceFixture fixture;
    private final String key;

    ImportTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createExternalKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void parametersServeForADay() {
        GetParametersForImportResponse parameters = parameters();

        assertThat(parameters.keyId()).isEqualTo(fixture.arn(key));
        assertThat(parameters.importToken().asByteArray()).isNotEmpty();
        assertThat(parameters.publicKey().asByteArray()).isNotEmpty();
        assertThat(parameters.parametersValidTo())
                .isEqualTo(fixture.clock.instant().plus(Duration.ofHours(24)));
    }

    @Test
    void materialIsImportedAndDeleted() {
        ImportKeyMaterialResponse imported = importForGood();
        assertThat(imported.keyId()).isEqualTo(fixture.arn(key));
        KeyMetadata whole = describe();
        assertThat(whole.keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(whole.expirationModel()).isEqualTo(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
        assertThat(whole.validTo()).isNull();
        assertThat(whole.currentKeyMaterialId())
                .isEqualTo(imported.keyMaterialId())
                .hasSize(64);

        DeleteImportedKeyMaterialResponse deleted =
                fixture.kms.deleteImportedKeyMaterial(request -> request.keyId(key));
        assertThat(deleted.keyId()).isEqualTo(fixture.arn(key));
        assertThat(deleted.keyMaterialId()).isEqualTo(imported.keyMaterialId());
        KeyMetadata empty = describe();
        assertThat(empty.keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(empty.enabled()).isFalse();
        assertThat(empty.expirationModel()).isNull();
        assertThat(empty.currentKeyMaterialId()).isEqualTo(imported.keyMaterialId());

        assertThat(importForGood().keyMaterialId()).isEqualTo(imported.keyMaterialId());
        assertThat(describe().keyState()).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void materialExpires() {
        Instant validTo = fixture.clock.instant().plus(Duration.ofDays(1));
        GetParametersForImportResponse parameters = parameters();
        fixture.kms.importKeyMaterial(request -> request.keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped(parameters))
                .expirationModel(ExpirationModelType.KEY_MATERIAL_EXPIRES)
                .validTo(validTo));
        assertThat(describe().validTo()).isEqualTo(validTo);
        assertThat(describe().expirationModel()).isEqualTo(ExpirationModelType.KEY_MATERIAL_EXPIRES);

        fixture.clock.move(Duration.ofDays(1));

        assertThat(describe().keyState()).isEqualTo(KeyState.PENDING_IMPORT);
        assertThat(describe().validTo()).isNull();
        assertThat(describe().expirationModel()).isNull();
    }

    @Test
    void anExpirationNeedsItsDate() {
        GetParametersForImportResponse parameters = parameters();

        assertRefused(
                () -> fixture.kms.importKeyMaterial(request -> request.keyId(key)
                        .importToken(parameters.importToken())
                        .encryptedKeyMaterial(wrapped(parameters))),
                "ValidationException",
                "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
    }

    @Test
    void materialThatIsWrappedForNobody() {
        GetParametersForImportResponse parameters = parameters();

        assertRefusedInSilence(
                () -> fixture.kms.importKeyMaterial(request -> request.keyId(key)
                        .importToken(parameters.importToken())
                        .encryptedKeyMaterial(SdkBytes.fromByteArray(new byte[256]))
                        .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE)),
                "InvalidCiphertextException");
    }

    @Test
    void aKeyOfOurOwnTakesNoImport() {
        String own = fixture.createKey();

        assertRefused(
                () -> fixture.kms.getParametersForImport(request -> request.keyId(own)
                        .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                        .wrappingKeySpec("RSA_2048")),
                "UnsupportedOperationException",
                fixture.arn(own) + " origin is AWS_KMS which is not valid for this operation.");
    }

    @ParameterizedTest
    @CsvSource({
        "RSAES_PKCS1_V1_5,   RSA_2048, WrappingAlgorithm RSAES_PKCS1_V1_5 is not supported.",
        "SM2PKE,             SM2,      WrappingAlgorithm SM2PKE is not supported.",
        "RSAES_OAEP_SHA_256, SM2,      WrappingKeySpec SM2 is not supported.",
    })
    void whatIsNotSupportedIsNamed(String algorithm, String spec, String message) {
        assertRefused(
                () -> fixture.kms.getParametersForImport(request ->
                        request.keyId(key).wrappingAlgorithm(algorithm).wrappingKeySpec(spec)),
                "UnsupportedOperationException",
                message);
    }

    @Test
    void theWrappedMaterialIsShownNowhere() {
        JsonNode refusal = fixture.json(
                "ImportKeyMaterial",
                "{\"KeyId\": \"" + key + "\", \"ImportToken\": \"AAAA\", \"EncryptedKeyMaterial\": \"U0VDUkVU\","
                        + " \"ExpirationModel\": \"KEY_MATERIAL_DOES_NOT_EXPIRE\"}");

        assertThat(refusal.get("__type").asString()).isEqualTo("InvalidImportTokenException");
        assertThat(refusal.toString()).doesNotContain("U0VDUkVU");
        assertThat(fixture.lastAudited().toString()).doesNotContain("U0VDUkVU");
    }

    private GetParametersForImportResponse parameters() {
        return fixture.kms.getParametersForImport(request ->
                request.keyId(key).wrappingAlgorithm("RSAES_OAEP_SHA_256").wrappingKeySpec("RSA_2048"));
    }

    private ImportKeyMaterialResponse importForGood() {
        GetParametersForImportResponse parameters = parameters();
        return fixture.kms.importKeyMaterial(request -> request.keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped(parameters))
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
    }

    private KeyMetadata describe() {
        return fixture.kms.describeKey(request -> request.keyId(key)).keyMetadata();
    }

    private static SdkBytes wrapped(GetParametersForImportResponse parameters) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new X509EncodedKeySpec(
                                    parameters.publicKey().asByteArray())),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return SdkBytes.fromByteArray(cipher.doFinal(MATERIAL));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
