package dev.keyward.kms.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.Requests;
import dev.keyward.kms.json.AwsJsonReader;
import dev.keyward.kms.json.Shape;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wordings were recorded from AWS KMS; those that could not be, and are ours, say so. */
class ValidatorTest {
    private static final String KEY = "\"KeyId\": \"k\"";

    @Test
    void anEnum() {
        assertThat(refusal("CreateKey", "{\"KeySpec\": \"HMAC_random\"}"))
                .hasMessage(
                        "1 validation error detected: Value 'HMAC_random' at 'keySpec' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [RSA_2048, ECC_NIST_P384, ECC_NIST_P256, ECC_NIST_P521,"
                                + " HMAC_384, RSA_3072, ECC_SECG_P256K1, RSA_4096, SYMMETRIC_DEFAULT, HMAC_256, HMAC_224,"
                                + " HMAC_512, SM2, ML_DSA_44, ML_DSA_65, ML_DSA_87, ECC_NIST_EDWARDS25519]");
        assertThat(refusal("CreateKey", "{\"KeyUsage\": \"RANDOM\"}"))
                .hasMessage("1 validation error detected: Value 'RANDOM' at 'keyUsage' failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC,"
                        + " KEY_AGREEMENT]");
        assertThat(refusal("CreateKey", "{\"CustomerMasterKeySpec\": \"RSA_1024\"}"))
                .hasMessage("1 validation error detected: Value 'RSA_1024' at 'customerMasterKeySpec' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [RSA_2048, ECC_NIST_P384, ECC_NIST_P256,"
                        + " ECC_NIST_P521, RSA_3072, ECC_SECG_P256K1, RSA_4096, SYMMETRIC_DEFAULT, HMAC_224, HMAC_256,"
                        + " HMAC_384, HMAC_512, SM2]");
    }

    @Test
    void aBlobThatIsTooShort() {
        assertThat(refusal("Encrypt", "{" + KEY + ", \"Plaintext\": \"\"}"))
                .hasMessage(
                        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must"
                                + " have length greater than or equal to 1");
        assertThat(refusal("Decrypt", "{\"CiphertextBlob\": \"\"}"))
                .hasMessage(
                        "1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint: Member"
                                + " must have length greater than or equal to 1");
    }

    @Test
    void aBlobThatIsTooLong() {
        assertThat(refusal("Encrypt", "{" + KEY + ", \"Plaintext\": \"" + base64(4097) + "\"}"))
                .hasMessage(
                        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must"
                                + " have length less than or equal to 4096");
        assertAccepted("Encrypt", "{" + KEY + ", \"Plaintext\": \"" + base64(4096) + "\"}");
    }

    @Test
    void aNumberOutOfItsRange() {
        assertThat(refusal("GenerateRandom", "{\"NumberOfBytes\": 0}"))
                .hasMessage("1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy constraint:"
                        + " Member must have value greater than or equal to 1");
        assertThat(refusal("GenerateRandom", "{\"NumberOfBytes\": 1025}"))
                .hasMessage("1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 1024");
        assertAccepted("GenerateRandom", "{\"NumberOfBytes\": 1}");
        assertAccepted("GenerateRandom", "{\"NumberOfBytes\": 1024}");
    }

    @Test
    void aStringOfAWrongLength() {
        String longKey = "a".repeat(129);
        String longValue = "v".repeat(257);
        assertThat(refusal("TagResource", "{" + KEY + ", \"Tags\": [" + tag(longKey, "v") + "]}"))
                .hasMessage("1 validation error detected: Value '" + longKey + "' at 'tags.1.member.tagKey' failed to"
                        + " satisfy constraint: Member must have length less than or equal to 128");
        assertThat(refusal("CreateKey", "{\"Tags\": [" + tag("a", longValue) + "]}"))
                .hasMessage("1 validation error detected: Value '" + longValue + "' at 'tags.1.member.tagValue' failed"
                        + " to satisfy constraint: Member must have length less than or equal to 256");
        assertThat(refusal("TagResource", "{" + KEY + ", \"Tags\": [" + tag("a", "v") + ", " + tag("", "v") + "]}"))
                .hasMessage("1 validation error detected: Value '' at 'tags.2.member.tagKey' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 1");
    }

    @Test
    void lengthIsCountedInWholeCharacters() {
        assertAccepted("TagResource", "{" + KEY + ", \"Tags\": [" + tag("😀".repeat(128), "") + "]}");
    }

    @Test
    void aMissingMember() {
        assertThat(refusal("PutKeyPolicy", "{" + KEY + "}"))
                .hasMessage("1 validation error detected: Value null at 'policy' failed to satisfy constraint: Member"
                        + " must not be null");
        assertThat(refusal("TagResource", "{" + KEY + ", \"Tags\": null}"))
                .hasMessage("1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member"
                        + " must not be null");
    }

    @Test
    void aPattern() {
        assertThat(refusal("GetKeyPolicy", "{" + KEY + ", \"PolicyName\": \"invalid-name\"}"))
                .hasMessage("1 validation error detected: Value 'invalid-name' at 'policyName' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern: [\\w]+");
        assertAccepted("GetKeyPolicy", "{" + KEY + ", \"PolicyName\": \"default\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias/a b", "alias/a\\n", "\\nalias/a", "alias/é", "alias/a\\u0000"})
    void aPatternMatchesTheWholeValue(String name) {
        assertThat(refusal("DeleteAlias", "{\"AliasName\": \"" + name + "\"}").getMessage())
                .contains("at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                        + " ^[a-zA-Z0-9:/_-]+$");
    }

    @Test
    void severalErrors() {
        assertThat(refusal("CreateAlias", "{\"TargetKeyId\": \"\"}"))
                .hasMessage("2 validation errors detected: Value null at 'aliasName' failed to satisfy constraint:"
                        + " Member must not be null; Value '' at 'targetKeyId' failed to satisfy constraint: Member"
                        + " must have length greater than or equal to 1");
    }

    /** Seen at other AWS services, not at AWS KMS. */
    @Test
    void anElementOfAList() {
        assertThat(refusal("UntagResource", "{" + KEY + ", \"TagKeys\": [\"a\", \"\"]}"))
                .hasMessage("1 validation error detected: Value '[a, ]' at 'tagKeys' failed to satisfy constraint:"
                        + " Member must satisfy constraint: [Member must have length less than or equal to 128, Member"
                        + " must have length greater than or equal to 1]");
        assertThat(refusal("CreateGrant", "{" + KEY + ", \"Operations\": [\"Decrypt\", \"Steal\"]}")
                        .getMessage())
                .startsWith("1 validation error detected: Value '[Decrypt, Steal]' at 'operations' failed to satisfy"
                        + " constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Decrypt,"
                        + " Encrypt, ");
    }

    @Test
    void aListThatIsTooLong() {
        String tokens = "\"t\", ".repeat(10) + "\"t\"";
        assertThat(refusal("DescribeKey", "{" + KEY + ", \"GrantTokens\": [" + tokens + "]}"))
                .hasMessage("1 validation error detected: Value '[t, t, t, t, t, t, t, t, t, t, t]' at 'grantTokens'"
                        + " failed to satisfy constraint: Member must have length less than or equal to 10");
    }

    @Test
    void aMemberOfAStructure() {
        assertThat(refusal(
                        "CreateGrant",
                        "{" + KEY + ", \"Operations\": [\"Decrypt\"], \"Constraints\": {\"SourceArn\": \"arn\"}}"))
                .message()
                .startsWith("2 validation errors detected: Value 'arn' at 'constraints.sourceArn' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 20; ");
    }

    /** The wording is ours. */
    @Test
    void aContextThatIsTooLarge() {
        String within =
                "{" + KEY + ", \"Plaintext\": \"AAAA\", \"EncryptionContext\": {\"é\": \"" + "v".repeat(8190) + "\"}}";
        assertAccepted("Encrypt", within);
        assertThat(refusal("Encrypt", within.replace("é", "éé")))
                .hasMessage("1 validation error detected: Value at 'encryptionContext' failed to satisfy constraint:"
                        + " Member must have a total size less than or equal to 8192 bytes");
    }

    @Test
    void aSmallRequestWithManyFaultsGetsASmallAnswer() {
        String tags = "{}, ".repeat(100_000) + "{}";
        assertThat(refusal("TagResource", "{" + KEY + ", \"Tags\": [" + tags + "]}")
                        .getMessage())
                .startsWith(Violations.MAXIMUM_LISTED + " validation errors detected: ")
                .hasSizeLessThan(10_000);
    }

    @Test
    void aLongValueIsNotMatchedWithAPattern() {
        String principal = "a.".repeat(100_000) + "a";
        assertThat(refusal("ListGrants", "{" + KEY + ", \"GranteeServicePrincipal\": \"" + principal + "\"}")
                        .getMessage())
                .startsWith("1 validation error detected: ")
                .endsWith("Member must have length less than or equal to 128");
    }

    private static KeywardException refusal(String operation, String body) {
        KeywardException refusal = catchThrowableOfType(KeywardException.class, () -> validate(operation, body));
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
        return refusal;
    }

    private static void assertAccepted(String operation, String body) {
        assertThatCode(() -> validate(operation, body)).doesNotThrowAnyException();
    }

    private static void validate(String operation, String body) {
        Shape.Structure shape = Requests.shape(operation);
        Validator.of(operation, shape, Requests.TABLE).validate(AwsJsonReader.read(body.getBytes(UTF_8), shape));
    }

    private static String tag(String key, String value) {
        return "{\"TagKey\": \"" + key + "\", \"TagValue\": \"" + value + "\"}";
    }

    private static String base64(int lengthBytes) {
        return Base64.getEncoder().encodeToString(new byte[lengthBytes]);
    }
}
