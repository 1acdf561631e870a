package dev.keyward.kms.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.Requests;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;

class AwsJsonReaderTest {
    private static final Shape.Structure ENCRYPT = Requests.shape("Encrypt");
    private static final Shape.Structure CREATE_KEY = Requests.shape("CreateKey");
    private static final Shape.Structure IMPORT = Requests.shape("ImportKeyMaterial");
    private static final Shape.Structure LIST_KEYS = Requests.shape("ListKeys");

    @Test
    void readsEveryType() {
        EncryptRequest encrypt = (EncryptRequest) read(ENCRYPT, """
                {"KeyId": "k", "Plaintext": "AAH/", "EncryptionContext": {"b": "2", "a": "\\u00e9\\ud83d\\ude00"},
                 "GrantTokens": ["one", "two"], "DryRun": false}""");

        assertThat(encrypt.keyId()).isEqualTo("k");
        assertThat(encrypt.plaintext().asByteArray()).containsExactly(0, 1, 255);
        assertThat(encrypt.encryptionContext()).containsExactly(Map.entry("b", "2"), Map.entry("a", "é😀"));
        assertThat(encrypt.grantTokens()).containsExactly("one", "two");
        assertThat(encrypt.dryRun()).isFalse();
    }

    @Test
    void readsStructuresInLists() {
        CreateKeyRequest create =
                (CreateKeyRequest) read(CREATE_KEY, "{\"Tags\": [{\"TagKey\": \"a\", \"TagValue\": \"\"}]}");

        assertThat(create.tags()).hasSize(1);
        assertThat(create.tags().get(0).tagKey()).isEqualTo("a");
        assertThat(create.tags().get(0).tagValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000,     2023-11-14T22:13:20Z",
        "1700000000.125, 2023-11-14T22:13:20.125Z",
        "1.7E9,          2023-11-14T22:13:20Z",
        "1700000000.1239999, 2023-11-14T22:13:20.124Z",
        "0,              1970-01-01T00:00:00Z",
        "253402300799,   9999-12-31T23:59:59Z",
    })
    void readsTimes(String number, Instant expected) {
        ImportKeyMaterialRequest request = (ImportKeyMaterialRequest) read(IMPORT, "{\"ValidTo\": " + number + "}");

        assertThat(request.validTo()).isEqualTo(expected);
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() {
        assertThat(read(LIST_KEYS, "")).isEqualTo(ListKeysRequest.builder().build());
        assertThat(read(LIST_KEYS, "{}")).isEqualTo(ListKeysRequest.builder().build());
    }

    @Test
    void nullIsAbsent() {
        assertThat(read(LIST_KEYS, "{\"Limit\": null, \"Marker\": null}"))
                .isEqualTo(ListKeysRequest.builder().build());
    }

    @Test
    void anEmptyListIsNotAbsent() {
        assertThat(((CreateKeyRequest) read(CREATE_KEY, "{\"Tags\": []}")).hasTags())
                .isTrue();
        assertThat(((CreateKeyRequest) read(CREATE_KEY, "{}")).hasTags()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "null",
                "[]",
                "\"text\"",
                "17",
                "{",
                "{\"KeyId\"",
                "{\"KeyId\":",
                "{\"KeyId\": \"k\"",
                "{\"KeyId\": \"k\",}",
                "{\"KeyId\": \"k\"} {}",
                "{\"KeyId\": \"k\"}x",
                "{'KeyId': 'k'}",
                "{KeyId: \"k\"}",
                "{\"KeyId\": \"k\" /* comment */}",
                "{\"KeyId\": \"a\nb\"}",
                "{\"KeyId\": \"\\x41\"}",
                "{\"KeyId\": \"a\", \"KeyId\": \"b\"}",
                "{\"Key\\u0049d\": \"a\", \"KeyId\": \"b\"}",
                "{\"Unknown\": 1, \"Unknown\": 2}",
                "{\"EncryptionContext\": {\"a\": \"1\", \"a\": \"2\"}}",
                "{\"KeyId\": 1}",
                "{\"KeyId\": true}",
                "{\"KeyId\": [\"k\"]}",
                "{\"KeyId\": {\"k\": \"k\"}}",
                "{\"KeyId\": \"\\ud800\"}",
                "{\"KeyId\": \"\\ude00\\ud83d\"}",
                "{\"EncryptionContext\": {\"\\udfff\": \"1\"}}",
                "{\"EncryptionContext\": {\"a\": \"\\ud83d\"}}",
                "{\"EncryptionContext\": {\"a\": null}}",
                "{\"EncryptionContext\": {\"a\": 1}}",
                "{\"EncryptionContext\": [\"a\"]}",
                "{\"EncryptionContext\": \"a\"}",
                "{\"GrantTokens\": \"t\"}",
                "{\"GrantTokens\": [null]}",
                "{\"GrantTokens\": [1]}",
                "{\"GrantTokens\": [\"a\", ]}",
                "{\"GrantTokens\": {\"a\": \"b\"}}",
                "{\"DryRun\": \"true\"}",
                "{\"DryRun\": 1}",
                "{\"Plaintext\": 1}",
                "{\"Plaintext\": [1, 2]}",
                "{\"\\ud800\": 1}",
                "{\"Unknown\": nonsense}",
            })
    void refusesWhatIsNotAnEncryptRequestInJson(String body) {
        assertThat(refusal(ENCRYPT, body.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAA",
                "A===",
                "AAAAA",
                "AA==AA==",
                "AA=A",
                "====",
                "AA\\n==",
                " AA==",
                "AA== ",
                "AA\\r\\n==",
                "A-_=",
                "AAA\\u0100",
                "AAA\\u00c1",
                "AA%3",
                "A\\u0000==",
            })
    void refusesWhatIsNotBase64(String text) {
        KeywardException refusal = refusal(ENCRYPT, ("{\"Plaintext\": \"" + text + "\"}").getBytes(UTF_8));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal).hasMessage("Plaintext is not valid base64.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1.5",
                "1e2",
                "1E+2",
                "-1.0",
                "01",
                "+1",
                ".5",
                "1.",
                "0x10",
                "NaN",
                "Infinity",
                "-",
                "--1",
                "2147483648",
                "-2147483649",
                "99999999999999999999999999999999",
                "\"1\"",
                "true",
                "[1]",
                "{}",
                "11111111111111111111111111111111111111111111111111111111111111111",
            })
    void refusesWhatIsNotAnInteger(String number) {
        assertThat(refusal(LIST_KEYS, ("{\"Limit\": " + number + "}").getBytes(UTF_8))
                        .code())
                .isEqualTo(ErrorCode.SERIALIZATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1700000000\"",
                "\"2023-11-14T22:13:20Z\"",
                "1e999",
                "-1e999",
                "253402300800",
                "1e300",
                "-62167219201",
                "true",
                "[]",
                "1e-"
            })
    void refusesWhatIsNotATime(String number) {
        assertThat(refusal(IMPORT, ("{\"ValidTo\": " + number + "}").getBytes(UTF_8))
                        .code())
                .isEqualTo(ErrorCode.SERIALIZATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9_999_999, -9_999_999})
    void aHugeExponentCostsNothing(int exponent) {
        byte[] body = ("{\"Limit\": 1E" + exponent + "}").getBytes(UTF_8);

        assertThat(refusal(LIST_KEYS, body).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void refusesOtherEncodings() {
        String body = "{\"KeyId\": \"k\"}";
        byte[] withMark = ("\uFEFF" + body).getBytes(UTF_8);
        byte[] overlong = {'{', '"', 'K', 'e', 'y', 'I', 'd', '"', ':', '"', (byte) 0xC1, (byte) 0x81, '"', '}'};
        byte[] surrogate = {
            '{', '"', 'K', 'e', 'y', 'I', 'd', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'
        };

        assertThat(refusal(ENCRYPT, withMark).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, body.getBytes(UTF_16BE)).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, body.getBytes(UTF_16LE)).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, "{\"KeyId\": \"é\"}".getBytes(ISO_8859_1)).code())
                .isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, overlong).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, surrogate).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void refusesDepth() {
        String deep = "{\"Unknown\": " + "[".repeat(33) + "]".repeat(33) + "}";
        String deeper = "{\"Unknown\": " + "{\"a\": ".repeat(100_000) + "1" + "}".repeat(100_000) + "}";

        assertThat(refusal(ENCRYPT, deep.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, deeper.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void refusesLength() {
        String longValue = "{\"KeyId\": \"" + "a".repeat(AwsJsonReader.MAXIMUM_STRING_CHARACTERS + 1) + "\"}";
        String longName = "{\"" + "a".repeat(100_000) + "\": 1}";
        String longBody = "{" + " ".repeat(AwsJsonReader.MAXIMUM_BODY_BYTES) + "}";

        assertThat(refusal(ENCRYPT, longValue.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, longName.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(refusal(ENCRYPT, longBody.getBytes(UTF_8)).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void readsTheLongestPolicyHoweverItIsEscaped() {
        String policy = "\\u0020".repeat(131_072);

        CreateKeyRequest create = (CreateKeyRequest) read(CREATE_KEY, "{\"Policy\": \"" + policy + "\"}");

        assertThat(create.policy()).hasSize(131_072);
    }

    @Test
    void namesAnUnknownMember() {
        KeywardException refusal =
                refusal(ENCRYPT, "{\"keyId\": {\"deep\": [1, 2]}, \"KeyId\": \"k\"}".getBytes(UTF_8));

        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
        assertThat(refusal).hasMessage("Unknown member in the request: keyId");
    }

    @Test
    void namesAnUnknownMemberOfAStructure() {
        KeywardException refusal = refusal(
                CREATE_KEY,
                "{\"Tags\": [{\"TagKey\": \"a\", \"TagValue\": \"b\", \"Colour\": \"red\"}]}".getBytes(UTF_8));

        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
        assertThat(refusal).hasMessage("Unknown member in the request: Tags[].Colour");
    }

    @Test
    void aMemberOfTheSdkThatTheTableLacksIsUnknown() {
        Shape.Structure withoutMarker = Shapes.of(ListKeysRequest::builder, "Limit"::equals);

        KeywardException refusal = refusal(withoutMarker, "{\"Marker\": \"m\"}".getBytes(UTF_8));

        assertThat(refusal).hasMessage("Unknown member in the request: Marker");
    }

    @Test
    void noMessageShowsAValue() {
        String secret = "c2VjcmV0IHNlY3JldA";

        assertThat(refusal(ENCRYPT, ("{\"Plaintext\": \"" + secret + "\"}").getBytes(UTF_8)))
                .message()
                .doesNotContain(secret);
        assertThat(refusal(ENCRYPT, ("{\"Plaintext\": " + secret + "}").getBytes(UTF_8)))
                .message()
                .doesNotContain(secret);
        assertThat(refusal(ENCRYPT, ("{\"KeyId\": [\"" + secret + "\"]}").getBytes(UTF_8)))
                .message()
                .doesNotContain(secret);
    }

    private static Object read(Shape.Structure shape, String body) {
        return AwsJsonReader.read(body.getBytes(UTF_8), shape);
    }

    private static KeywardException refusal(Shape.Structure shape, byte[] body) {
        return catchThrowableOfType(KeywardException.class, () -> AwsJsonReader.read(body, shape));
    }
}
