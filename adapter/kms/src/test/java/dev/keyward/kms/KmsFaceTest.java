package dev.keyward.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AuditEvent;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import tools.jackson.databind.JsonNode;

class KmsFaceTest {
    @SuppressWarnings("unused") // by FieldSource
    private static final Iterable<String> OPERATIONS = Requests.OPERATIONS;

    private final FaceFixture fixture = new FaceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void knowsEveryOperation(String operation) {
        WireAnswer answer = fixture.answer(operation, "{\"Nonsense\": 1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("ValidationException");
        assertThat(fixture.lastAudited().operation()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "Encrypt,   {,                                     SerializationException",
        "Encrypt,   '{\"Nonsense\": 1}',                   ValidationException",
        "Encrypt,   {},                                    ValidationException",
        "CreateKey, '{\"MultiRegion\": true}',             UnsupportedOperationException",
        "CreateCustomKeyStore, {},                         UnknownOperationException",
        "encrypt,   {},                                    UnknownOperationException",
        "'',        {,                                     UnknownOperationException",
    })
    void everyRefusalIsAudited(String operation, String body, String code) {
        WireAnswer answer = fixture.answer(operation, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(fixture.audited).hasSize(1);
        AuditEvent record = fixture.lastAudited();
        assertThat(record.operation()).isEqualTo(operation);
        assertThat(record.errorCode()).isEqualTo(code);
        assertThat(record.caller()).isEqualTo(FaceFixture.caller(FaceFixture.ACCOUNT));
    }

    @Test
    void aSuccessIsAuditedWithWhatItWasAbout() {
        String key = fixture.createKey();
        assertThat(fixture.lastAudited().resources()).containsExactly(fixture.arn(key));
        assertThat(fixture.lastAudited().responseElements()).containsOnlyKeys("keyMetadata");

        fixture.kms.encrypt(request ->
                request.keyId(key).plaintext(SdkBytes.fromUtf8String("SECRET")).encryptionContext(Map.of("a", "1")));

        AuditEvent record = fixture.lastAudited();
        assertThat(record.errorCode()).isNull();
        assertThat(record.readOnly()).isTrue();
        assertThat(record.resources()).containsExactly(fixture.arn(key));
        assertThat(record.requestParameters()).isEqualTo(Map.of("keyId", key, "encryptionContext", Map.of("a", "1")));
        assertThat(record.responseElements())
                .as("of an operation that changes nothing")
                .isNull();
        assertThat(record.details()).containsOnlyKeys("authorization", "keyMaterialId");
        assertThat(record.toString()).doesNotContain("SECRET", "U0VDUkVU");
    }

    @Test
    void anotherAccountSeesNothing() {
        fixture.createKey();
        try (KmsClient stranger = fixture.client(FaceFixture.OTHER_ACCOUNT)) {
            assertThat(stranger.listKeys().keys()).isEmpty();
        }
        assertThat(fixture.kms.listKeys().keys()).hasSize(1);
    }

    @Test
    void accessDeniedSpellsItsMessageAsAwsDoes() {
        JsonNode refusal = fixture.json(
                "DescribeKey",
                "{\"KeyId\": \"arn:aws:kms:us-east-1:444455556666:key/00000000-0000-0000-0000-000000000000\"}");

        assertThat(refusal.propertyNames()).containsExactlyInAnyOrder("__type", "Message");
    }

    @Test
    void aRefusalWithoutAMessageHasNoMember() {
        JsonNode refusal = fixture.json("Decrypt", "{\"CiphertextBlob\": \"AAAA\"}");

        assertThat(refusal.toString()).isEqualTo("{\"__type\":\"InvalidCiphertextException\"}");
    }
}
