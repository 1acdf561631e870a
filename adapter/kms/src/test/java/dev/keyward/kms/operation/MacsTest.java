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
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.VerifyMacResponse;
import tools.jackson.databind.JsonNode;

class MacsTest {
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("attack at dawn");

    private final FaceFixture fixture = new FaceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"HMAC_224, HMAC_SHA_224", "HMAC_256, HMAC_SHA_256", "HMAC_384, HMAC_SHA_384", "HMAC_512, HMAC_SHA_512"})
    @SuppressWarnings("deprecation")
    void aKeyIsDescribedAsAwsDescribesIt(String spec, String algorithm) {
        JsonNode metadata = fixture.json(
                        "CreateKey",
                        "{\"KeySpec\": \"%s\", \"KeyUsage\": \"%s\"}".formatted(spec, "GENERATE_VERIFY_MAC"))
                .get("KeyMetadata");

        assertThat(metadata.get("KeySpec").asString()).isEqualTo(spec);
        assertThat(metadata.get("CustomerMasterKeySpec").asString()).isEqualTo(spec);
        assertThat(metadata.get("MacAlgorithms").toString()).isEqualTo("[\"" + algorithm + "\"]");
        assertThat(metadata.has("EncryptionAlgorithms")).isFalse();
        assertThat(metadata.has("SigningAlgorithms")).isFalse();
        assertThat(metadata.has("CurrentKeyMaterialId")).isFalse();
    }

    @Test
    void aCodeIsGeneratedAndVerified() {
        KeyMetadata key = createKey("HMAC_256");

        GenerateMacResponse generated = fixture.kms.generateMac(
                request -> request.keyId(key.keyId()).message(MESSAGE).macAlgorithm("HMAC_SHA_256"));
        VerifyMacResponse verified = fixture.kms.verifyMac(request -> request.keyId(key.arn())
                .message(MESSAGE)
                .macAlgorithm("HMAC_SHA_256")
                .mac(generated.mac()));

        assertThat(generated.keyId()).isEqualTo(key.arn());
        assertThat(generated.macAlgorithmAsString()).isEqualTo("HMAC_SHA_256");
        assertThat(generated.mac().asByteArray()).hasSize(32);
        assertThat(verified.keyId()).isEqualTo(key.arn());
        assertThat(verified.macAlgorithmAsString()).isEqualTo("HMAC_SHA_256");
        assertThat(verified.macValid()).isTrue();
    }

    @Test
    void aWrongCodeIsRefusedWithoutAMessage() {
        String key = createKey("HMAC_256").keyId();
        byte[] mac = fixture.kms
                .generateMac(request -> request.keyId(key).message(MESSAGE).macAlgorithm("HMAC_SHA_256"))
                .mac()
                .asByteArray();
        mac[31] ^= 1;

        for (byte[] wrong : List.of(mac, new byte[1], new byte[33], new byte[6144])) {
            JsonNode refusal = verify(key, SdkBytes.fromByteArray(wrong));

            assertThat(refusal.get("__type").asString()).isEqualTo("KMSInvalidMacException");
            assertThat(refusal.has("message")).isFalse();
        }
    }

    private JsonNode verify(String key, SdkBytes mac) {
        return fixture.json(
                "VerifyMac",
                "{\"KeyId\": \"%s\", \"Message\": \"%s\", \"Mac\": \"%s\", \"MacAlgorithm\": \"HMAC_SHA_256\"}"
                        .formatted(key, base64(MESSAGE), base64(mac)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HMAC_SHA_224", "HMAC_SHA_384", "HMAC_SHA_512"})
    void anAlgorithmOfAnotherSpecIsRefused(String algorithm) {
        String key = createKey("HMAC_256").keyId();
        String text = "Algorithm %s is incompatible with key spec HMAC_256.".formatted(algorithm);

        assertRefused(
                () -> fixture.kms.generateMac(
                        request -> request.keyId(key).message(MESSAGE).macAlgorithm(algorithm)),
                "InvalidKeyUsageException",
                text);
        assertRefused(
                () -> fixture.kms.verifyMac(request ->
                        request.keyId(key).message(MESSAGE).mac(MESSAGE).macAlgorithm(algorithm)),
                "InvalidKeyUsageException",
                text);
    }

    @Test
    void aDryRunOnlySaysThatItWouldSucceed() {
        String key = createKey("HMAC_256").keyId();
        String text = "The request would have succeeded, but the DryRun option is set.";

        assertRefused(
                () -> fixture.kms.generateMac(request -> request.keyId(key)
                        .message(MESSAGE)
                        .macAlgorithm("HMAC_SHA_256")
                        .dryRun(true)),
                "DryRunOperationException",
                text);
        assertRefused(
                () -> fixture.kms.verifyMac(request -> request.keyId(key)
                        .message(MESSAGE)
                        .mac(MESSAGE)
                        .macAlgorithm("HMAC_SHA_256")
                        .dryRun(true)),
                "DryRunOperationException",
                text);
    }

    @Test
    void theRecordShowsNeitherMessageNorCode() {
        KeyMetadata key = createKey("HMAC_512");
        fixture.kms.generateMac(
                request -> request.keyId(key.keyId()).message(MESSAGE).macAlgorithm("HMAC_SHA_512"));

        AuditEvent event = fixture.lastAudited();

        assertThat(event.operation()).isEqualTo("GenerateMac");
        assertThat(event.requestParameters())
                .containsOnlyKeys("keyId", "macAlgorithm")
                .containsEntry("macAlgorithm", "HMAC_SHA_512");
        assertThat(event.responseElements()).isNull();
        assertThat(event.resources()).containsExactly(key.arn());
    }

    @Test
    void aGrantAllowsWhatTheKeyIsFor() {
        String mac = createKey("HMAC_256").keyId();
        String symmetric = fixture.createKey();

        assertThat(grant(mac, "[\"GenerateMac\", \"VerifyMac\", \"DescribeKey\"]")
                        .has("GrantId"))
                .isTrue();
        assertThat(grant(mac, "[\"Encrypt\", \"VerifyMac\"]").get("message").asString())
                .isEqualTo("Operations [Encrypt] are not supported by grants on keys of KeySpec HMAC_256 and KeyUsage "
                        + "GENERATE_VERIFY_MAC.");
        assertThat(grant(symmetric, "[\"GenerateMac\"]").get("__type").asString())
                .isEqualTo("ValidationException");
    }

    private JsonNode grant(String key, String operations) {
        return fixture.json(
                "CreateGrant",
                "{\"KeyId\": \"%s\", \"GranteePrincipal\": \"%s\", \"Operations\": %s}"
                        .formatted(key, "arn:aws:iam::111122223333:user/alice", operations));
    }

    private KeyMetadata createKey(String spec) {
        return fixture.kms
                .createKey(request -> request.keySpec(spec).keyUsage("GENERATE_VERIFY_MAC"))
                .keyMetadata();
    }

    private static String base64(SdkBytes bytes) {
        return java.util.Base64.getEncoder().encodeToString(bytes.asByteArray());
    }
}
