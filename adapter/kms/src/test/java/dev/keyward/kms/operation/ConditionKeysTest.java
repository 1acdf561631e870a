package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import dev.keyward.lifecycle.ConditionKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.Tag;
import tools.jackson.databind.JsonNode;

/** What a policy may ask of a request: the cases are in {@code condition-keys.csv}. */
class ConditionKeysTest {
    private static final String GRANT =
            "\"GranteePrincipal\": \"arn:aws:iam::111122223333:user/carol\", \"Operations\": [\"Decrypt\"]";

    private final FaceFixture fixture = new FaceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Bob, who has no policies of his own, asks for a key whose policy allows him everything under a condition. */
    @ParameterizedTest
    @CsvFileSource(resources = "condition-keys.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 2)
    void decide(String condition, String operation, @Nullable String members, boolean allowed) {
        String key = fixture.arn(fixture.createKey());
        fixture.kms.createAlias(request -> request.aliasName("alias/mine").targetKeyId(key));
        Tag stage = Tag.builder().tagKey("stage").tagValue("test").build();
        fixture.kms.tagResource(request -> request.keyId(key).tags(stage));
        String blob = fixture.json("Encrypt", "{\"KeyId\": \"%s\", \"Plaintext\": \"AAAA\"}".formatted(key))
                .get("CiphertextBlob")
                .stringValue();
        fixture.kms.putKeyPolicy(request -> request.keyId(key)
                .policy(Policies.document(fixture.people, "Allow bob kms:* if " + condition))
                .bypassPolicyLockoutSafetyCheck(true));

        JsonNode answer = fixture.jsonAs("bob", operation, body(key, blob, operation, members));

        boolean denied =
                answer.has("__type") && answer.get("__type").stringValue().equals("AccessDeniedException");
        assertThat(denied).as(answer.toString()).isEqualTo(!allowed);
        assertThat(answer.path("__type").stringValue("")).isNotIn("ValidationException", "SerializationException");
    }

    /** The session of the tests was begun at 2026-01-02T03:04:05Z. */
    @ParameterizedTest
    @CsvSource({"DateEquals, 2026-01-02T03:04:05Z, true", "DateLessThan, 2026-01-02T03:04:05Z, false"})
    void decideBySessionsBeginning(String operator, String time, boolean allowed) {
        fixture.people.permit(
                "session",
                "\"kms:*\", \"Condition\": {\"%s\": {\"aws:TokenIssueTime\": \"%s\"}}".formatted(operator, time));
        String body = "{\"KeyId\": \"%s\"}".formatted(fixture.arn(fixture.createKey()));

        assertThat(fixture.jsonAs("session", "DescribeKey", body).has("__type")).isEqualTo(!allowed);
    }

    @ParameterizedTest
    @EnumSource
    void areEachInTheTable(ConditionKey key) throws IOException {
        try (InputStream table =
                Objects.requireNonNull(ConditionKeysTest.class.getResourceAsStream("condition-keys.csv"))) {
            assertThat(new String(table.readAllBytes(), StandardCharsets.UTF_8)).contains(" " + key.awsName());
        }
    }

    /** CreateKey works on no key yet: its members stand for the properties that the key will have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"kms:KeyOrigin\": \"EXTERNAL\"         | \"Origin\": \"EXTERNAL\"                                | true",
                "\"kms:KeyOrigin\": \"EXTERNAL\"         |                                                         | false",
                "\"kms:KeySpec\": \"SYMMETRIC_DEFAULT\"  |                                                         | true",
                "\"kms:KeyUsage\": \"SIGN_VERIFY\"       |                                                         | false",
                "\"kms:MultiRegion\": \"false\"          |                                                         | true",
                "\"aws:RequestTag/stage\": \"test\"      | \"Tags\": [{\"TagKey\": \"stage\", \"TagValue\": \"test\"}] | true",
                "\"aws:RequestTag/stage\": \"test\"      |                                                         | false"
            })
    void decideWhichKeysMayBeCreated(String condition, @Nullable String members, boolean allowed) {
        fixture.people.permit("bob", "\"kms:*\", \"Condition\": {\"StringEquals\": {" + condition + "}}");

        JsonNode answer = fixture.jsonAs("bob", "CreateKey", "{" + (members == null ? "" : members) + "}");

        assertThat(answer.has("KeyMetadata")).as(answer.toString()).isEqualTo(allowed);
    }

    private static String body(String key, String blob, String operation, @Nullable String members) {
        String rest = members == null
                ? ""
                : members.replace("GRANT", GRANT).replace("KEY\"", key + "\"").replace("BLOB", blob);
        boolean namesItself = rest.contains("\"KeyId\"") || operation.equals("ReEncrypt");
        String keyId = namesItself ? "" : "\"KeyId\": \"" + key + "\"" + (rest.isEmpty() ? "" : ", ");
        return "{" + keyId + rest + "}";
    }
}
