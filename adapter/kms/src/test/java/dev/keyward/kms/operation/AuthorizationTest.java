package dev.keyward.kms.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Operation.Accounts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every operation, asked by everyone, under every policy of {@code authorization.csv}. */
class AuthorizationTest {
    /** Those that work on no key, or on more than one: they have tests of their own below. */
    private static final Set<Operation> OTHERS = EnumSet.of(
            Operation.CREATE_ALIAS,
            Operation.UPDATE_ALIAS,
            Operation.DELETE_ALIAS,
            Operation.RETIRE_GRANT,
            Operation.RE_ENCRYPT,
            Operation.CREATE_KEY,
            Operation.GENERATE_RANDOM,
            Operation.LIST_ALIASES,
            Operation.LIST_KEYS,
            Operation.LIST_RETIRABLE_GRANTS);

    private final FaceFixture fixture = new FaceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "authorization.csv", delimiter = '|', numLinesToSkip = 2)
    void everyOperationObeys(String policy, String caller, String ownAccount, String anyAccount) {
        for (Operation operation : EnumSet.complementOf(EnumSet.copyOf(OTHERS))) {
            String expected = operation.accounts() == Accounts.ANY_ACCOUNT ? anyAccount : ownAccount;
            String key = fixture.arn(fixture.createKey());
            String body = Bodies.on(operation, key, fixture.kms);
            put(key, policy);

            JsonNode answer = fixture.jsonAs(caller, operation.awsName(), body);

            assertOutcome(caller, operation.action(), key, expected, answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CreateKey,           {},                                                        *",
        "ListKeys,            {},                                                        *",
        "ListAliases,         {},                                                        *",
        "GenerateRandom,      '{\"NumberOfBytes\": 1}',                                  *",
        "ListRetirableGrants, '{\"RetiringPrincipal\": \"arn:aws:iam::111122223333:root\"}', arn:aws:iam::111122223333:root"
    })
    void whatConcernsTheAccountIsIdentityPoliciesToAllow(String operation, String body, String resource) {
        String action = "kms:" + operation;
        assertOutcome("alice", action, resource, "allowed", fixture.jsonAs("alice", operation, body));
        assertOutcome("root", action, resource, "allowed", fixture.jsonAs("root", operation, body));
        assertOutcome("bob", action, resource, "identity", fixture.jsonAs("bob", operation, body));
        fixture.people.permit("bob", "\"" + action + "\"");
        assertOutcome("bob", action, resource, "allowed", fixture.jsonAs("bob", operation, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"kms:CreateKey                  | kms:TagResource", "kms:CreateKey, kms:TagResource | "})
    void creatingAKeyWithTagsTakesThePermissionToTag(String permitted, @Nullable String missing) {
        fixture.people.permit("bob", quoted(permitted));
        JsonNode answer = fixture.jsonAs("bob", "CreateKey", "{\"Tags\": [{\"TagKey\": \"a\", \"TagValue\": \"1\"}]}");
        assertOutcome("bob", String.valueOf(missing), "*", missing == null ? "allowed" : "identity", answer);
    }

    /** Each row says what bob may do by his identity policy and by the policies of the keys, old and new. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CreateAlias | kms:CreateAlias | kms:None        | kms:CreateAlias | allowed",
                "CreateAlias | kms:None        | kms:None        | kms:CreateAlias | denied",
                "CreateAlias | kms:CreateAlias | kms:None        | kms:None        | denied",
                "UpdateAlias | kms:UpdateAlias | kms:UpdateAlias | kms:UpdateAlias | allowed",
                "UpdateAlias | kms:None        | kms:UpdateAlias | kms:UpdateAlias | denied",
                "UpdateAlias | kms:UpdateAlias | kms:None        | kms:UpdateAlias | denied",
                "UpdateAlias | kms:UpdateAlias | kms:UpdateAlias | kms:None        | denied",
                "DeleteAlias | kms:DeleteAlias | kms:DeleteAlias | kms:None        | allowed",
                "DeleteAlias | kms:None        | kms:DeleteAlias | kms:None        | denied",
                "DeleteAlias | kms:DeleteAlias | kms:None        | kms:None        | denied"
            })
    void anAliasTakesPermissionOnItselfAndOnItsKeys(
            String operation, String permitted, String onOldKey, String onNewKey, String expected) {
        String oldKey = fixture.createKey();
        String newKey = fixture.createKey();
        fixture.kms.createAlias(request -> request.aliasName("alias/old").targetKeyId(oldKey));
        fixture.people.permit("bob", quoted(permitted));
        put(fixture.arn(oldKey), "Allow bob " + onOldKey);
        put(fixture.arn(newKey), "Allow bob " + onNewKey);
        String name = operation.equals("CreateAlias") ? "alias/new" : "alias/old";
        String target = operation.equals("DeleteAlias") ? "" : ", \"TargetKeyId\": \"" + newKey + "\"";

        JsonNode answer = fixture.jsonAs("bob", operation, "{\"AliasName\": \"" + name + "\"" + target + "}");

        assertThat(isDenied(answer)).as(answer.toString()).isEqualTo(expected.equals("denied"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Allow bob kms:ReEncryptFrom | Allow bob kms:ReEncryptTo   | ",
                "Allow bob kms:ReEncrypt*    | Allow bob kms:ReEncrypt*    | ",
                "Allow bob kms:ReEncryptTo   | Allow bob kms:ReEncryptTo   | kms:ReEncryptFrom",
                "Allow bob kms:ReEncryptFrom | Allow bob kms:ReEncryptFrom | kms:ReEncryptTo",
                "Allow bob kms:* if kms:EncryptionContext:a=from | Allow bob kms:* if kms:EncryptionContext:a=to | ",
                "Allow bob kms:* if kms:EncryptionContext:a=to   | Allow bob kms:* if kms:EncryptionContext:a=to | kms:ReEncryptFrom",
                "Allow bob kms:* if kms:EncryptionContext:a=from | Allow bob kms:* if kms:EncryptionContext:a=from | kms:ReEncryptTo"
            })
    void reEncryptingTakesPermissionOnBothKeysEachUnderItsContext(
            String onSource, String onDestination, @Nullable String missing) {
        String source = fixture.arn(fixture.createKey());
        String destination = fixture.arn(fixture.createKey());
        String blob = fixture.json("Encrypt", """
                        {"KeyId": "%s", "Plaintext": "AAAA", "EncryptionContext": {"a": "from"}}""".formatted(source))
                .get("CiphertextBlob")
                .stringValue();
        put(source, onSource);
        put(destination, onDestination);

        JsonNode answer = fixture.jsonAs("bob", "ReEncrypt", """
                {"CiphertextBlob": "%s", "DestinationKeyId": "%s",
                 "SourceEncryptionContext": {"a": "from"}, "DestinationEncryptionContext": {"a": "to"}}
                """.formatted(blob, destination));

        String refused = "kms:ReEncryptTo".equals(missing) ? destination : source;
        assertOutcome("bob", String.valueOf(missing), refused, missing == null ? "allowed" : "resource", answer);
    }

    /** Who may not use the source learns nothing of the destination, and the other way round. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aStrangerLearnsNotWhichOfTwoKeysExists(boolean sourceExists, boolean destinationExists) {
        String absent = fixture.arn("00000000-0000-0000-0000-000000000000");
        String destination = destinationExists ? fixture.arn(fixture.createKey()) : absent;
        String source = sourceExists ? fixture.arn(fixture.createKey()) : absent;
        String blob = fixture.json(
                        "Encrypt", "{\"KeyId\": \"%s\", \"Plaintext\": \"AAAA\"}".formatted(fixture.createKey()))
                .get("CiphertextBlob")
                .stringValue();

        JsonNode answer = fixture.jsonAs("stranger", "ReEncrypt", """
                {"CiphertextBlob": "%s", "SourceKeyId": "%s", "DestinationKeyId": "%s"}
                """.formatted(blob, source, destination));

        assertOutcome("stranger", "kms:ReEncryptFrom", source, "hidden", answer);
    }

    /** What may not leave its account is refused before anything is looked up, and the record says why. */
    @Test
    void whatStaysInItsAccountIsRefusedElsewhere() {
        String key = fixture.arn(fixture.createKey());

        JsonNode answer = fixture.jsonAs("stranger", "DisableKey", "{\"KeyId\": \"" + key + "\"}");

        assertOutcome("stranger", "kms:DisableKey", key, "hidden", answer);
        assertThat(fixture.lastAudited().details().get("authorization"))
                .isEqualTo(List.of("kms:DisableKey: not in another account"));
    }

    private void assertOutcome(String caller, String action, String resource, String expected, JsonNode answer) {
        if (expected.equals("allowed")) {
            assertThat(isDenied(answer)).as(action + " " + answer).isFalse();
            return;
        }
        String ending = switch (expected) {
            case "identity" -> "because no identity-based policy allows the " + action + " action";
            case "resource" -> "because no resource-based policy allows the " + action + " action";
            case "denied" -> "with an explicit deny in a resource-based policy";
            case "hidden" ->
                "because the resource does not exist in this Region, no resource-based policies allow access, "
                        + "or a resource-based policy explicitly denies access";
            default -> throw new IllegalArgumentException(expected);
        };
        assertThat(isDenied(answer)).as(action + " " + answer).isTrue();
        assertThat(answer.get("Message").stringValue())
                .isEqualTo("User: %s is not authorized to perform: %s on resource: %s %s"
                        .formatted(fixture.people.arn(caller), action, resource, ending));
    }

    private static boolean isDenied(JsonNode answer) {
        return answer.has("__type") && answer.get("__type").stringValue().equals("AccessDeniedException");
    }

    private void put(String keyArn, String statements) {
        fixture.kms.putKeyPolicy(request -> request.keyId(keyArn)
                .policy(Policies.document(fixture.people, statements))
                .bypassPolicyLockoutSafetyCheck(true));
    }

    private static String quoted(String actions) {
        return Stream.of(actions.split(", ", -1)).collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }
}
