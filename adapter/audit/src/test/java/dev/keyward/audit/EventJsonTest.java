package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Origin;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** With the id of every event as {@code event-1}. */
    private static String text(AuditEvent event) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        EventJson.write(event, target);
        return target.toString(StandardCharsets.US_ASCII).replace(event.id(), "event-1");
    }

    private static JsonNode json(AuditEvent event) {
        return JSON.readTree(text(event));
    }

    @Test
    void aCallIsInTheFormOfCloudTrail() {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("keyMaterialId", "ab12");
        assertThat(JSON.readTree(text(Events.encrypt("request-1", details)))).isEqualTo(JSON.readTree("""
                {
                  "eventVersion": "1.11",
                  "userIdentity": {
                    "type": "IAMUser",
                    "principalId": "AIDAANNA",
                    "arn": "arn:aws:iam::111122223333:user/team/anna",
                    "accountId": "111122223333",
                    "userName": "anna",
                    "accessKeyId": "AKIAEXAMPLE"
                  },
                  "eventTime": "2026-02-03T04:05:06.789Z",
                  "eventSource": "kms.amazonaws.com",
                  "eventName": "Encrypt",
                  "awsRegion": "us-east-1",
                  "sourceIPAddress": "192.0.2.7",
                  "userAgent": "aws-cli/2",
                  "requestParameters": {
                    "keyId": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                  },
                  "responseElements": null,
                  "additionalEventData": {"keyMaterialId": "ab12"},
                  "requestID": "request-1",
                  "eventID": "event-1",
                  "readOnly": true,
                  "resources": [
                    {
                      "accountId": "111122223333",
                      "type": "AWS::KMS::Key",
                      "ARN": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                    }
                  ],
                  "eventType": "AwsApiCall",
                  "managementEvent": true,
                  "recipientAccountId": "111122223333",
                  "eventCategory": "Management"
                }
                """));
    }

    @Test
    void whatTheServiceDoesIsInTheFormOfCloudTrail() {
        assertThat(json(Events.ofTheService(AuditEvent.Phase.OUTCOME))).isEqualTo(JSON.readTree("""
                {
                  "eventVersion": "1.11",
                  "userIdentity": {"accountId": "111122223333", "invokedBy": "AWS Internal"},
                  "eventTime": "2026-02-03T04:05:06.789Z",
                  "eventSource": "kms.amazonaws.com",
                  "eventName": "DeleteKey",
                  "awsRegion": "us-east-1",
                  "sourceIPAddress": "AWS Internal",
                  "userAgent": "AWS Internal",
                  "requestParameters": null,
                  "responseElements": null,
                  "eventID": "event-1",
                  "readOnly": false,
                  "resources": [
                    {
                      "accountId": "111122223333",
                      "type": "AWS::KMS::Key",
                      "ARN": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                    }
                  ],
                  "eventType": "AwsServiceEvent",
                  "managementEvent": true,
                  "recipientAccountId": "111122223333",
                  "eventCategory": "Management"
                }
                """));
    }

    @Test
    void anIntentSaysSo() {
        JsonNode event = json(Events.ofTheService(AuditEvent.Phase.INTENT));
        assertThat(event.get("serviceEventDetails").toString()).isEqualTo("{\"phase\":\"INTENT\"}");
    }

    static Stream<Arguments> identities() {
        WebIdentityUser webIdentity = new WebIdentityUser(
                "arn:aws:iam::111122223333:oidc-provider/idp.example.com/x", "keyward", "system:serviceaccount:a:b");
        return Stream.of(
                Arguments.of(new CallerIdentity.RootUser(Events.SCOPE.account()), """
                        {"type": "Root", "principalId": "111122223333", "arn": "arn:aws:iam::111122223333:root",
                         "accountId": "111122223333", "accessKeyId": "KEY"}"""),
                Arguments.of(new CallerIdentity.User("arn:aws:iam::111122223333:user/team/anna", "AIDAANNA"), """
                        {"type": "IAMUser", "principalId": "AIDAANNA",
                         "arn": "arn:aws:iam::111122223333:user/team/anna",
                         "accountId": "111122223333", "accessKeyId": "KEY", "userName": "anna"}"""),
                Arguments.of(new CallerIdentity.RoleSession(session(null)), """
                        {"type": "AssumedRole", "principalId": "AROABACKUP:night",
                         "arn": "arn:aws:sts::111122223333:assumed-role/backup/night",
                         "accountId": "111122223333", "accessKeyId": "KEY",
                         "sessionContext": {
                           "sessionIssuer": {"type": "Role", "principalId": "AROABACKUP",
                             "arn": "arn:aws:iam::111122223333:role/team/backup",
                             "accountId": "111122223333", "userName": "backup"},
                           "attributes": {"creationDate": "2026-02-03T04:05:06Z", "mfaAuthenticated": "false"}}}"""),
                Arguments.of(new CallerIdentity.RoleSession(session(webIdentity)), """
                        {"type": "AssumedRole", "principalId": "AROABACKUP:night",
                         "arn": "arn:aws:sts::111122223333:assumed-role/backup/night",
                         "accountId": "111122223333", "accessKeyId": "KEY",
                         "sessionContext": {
                           "sessionIssuer": {"type": "Role", "principalId": "AROABACKUP",
                             "arn": "arn:aws:iam::111122223333:role/team/backup",
                             "accountId": "111122223333", "userName": "backup"},
                           "webIdFederationData": {
                             "federatedProvider": "arn:aws:iam::111122223333:oidc-provider/idp.example.com/x",
                             "attributes": {"idp.example.com/x:aud": "keyward",
                               "idp.example.com/x:sub": "system:serviceaccount:a:b"}},
                           "attributes": {"creationDate": "2026-02-03T04:05:06Z", "mfaAuthenticated": "false"}}}"""),
                Arguments.of(webIdentity, """
                        {"type": "WebIdentityUser",
                         "principalId":
                           "arn:aws:iam::111122223333:oidc-provider/idp.example.com/x:keyward:system:serviceaccount:a:b",
                         "userName": "system:serviceaccount:a:b",
                         "identityProvider": "arn:aws:iam::111122223333:oidc-provider/idp.example.com/x"}"""),
                Arguments.of(new CallerIdentity.Operator("anna"), """
                        {"principalId": "operator/anna", "accountId": "111122223333", "userName": "anna"}"""));
    }

    private static TemporarySession session(@Nullable WebIdentityUser webIdentity) {
        return new TemporarySession(
                Events.SCOPE.account(),
                "arn:aws:iam::111122223333:role/team/backup",
                "AROABACKUP",
                "night",
                webIdentity,
                List.of(),
                Events.TIME,
                Events.TIME.plusSeconds(3600));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void whoActedIsInTheFormOfCloudTrail(CallerIdentity identity, String expected) {
        AuditEvent event = withCaller(
                Events.success("request", "fact"),
                new Caller(Events.SCOPE, identity, "KEY", "::1", "", "request", true));
        assertThat(json(event).get("userIdentity")).isEqualTo(JSON.readTree(expected));
    }

    private static AuditEvent withCaller(AuditEvent event, Caller caller) {
        return new AuditEvent(
                event.time(),
                event.scope(),
                caller,
                event.operation(),
                event.phase(),
                event.readOnly(),
                event.requestParameters(),
                event.responseElements(),
                event.resources(),
                event.errorCode(),
                event.errorMessage(),
                event.details());
    }

    @Test
    void anAliasIsNamedAsSuch() {
        assertThat(ResourceArn.of(Events.SCOPE.arn("alias/a:b")))
                .isEqualTo(new ResourceArn("111122223333", "AWS::KMS::Alias"));
    }

    @Test
    void aRefusalHasItsCodeAndMessage() {
        JsonNode event = json(Events.hostile("text"));
        assertThat(event.get("errorCode").stringValue()).isEqualTo("ValidationException");
        assertThat(event.get("errorMessage").stringValue()).isEqualTo("text");
        assertThat(event.get("readOnly")).as("of an unknown operation").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventName", "userAgent", "errorMessage"})
    void aTextThatItsSenderChoosesIsCut(String member) {
        String written = json(Events.hostile("x".repeat(20_000))).get(member).stringValue();
        assertThat(written).isEqualTo("x".repeat(EventJson.LONGEST_FREE_TEXT) + "... (20000 characters in all)");
    }

    @Test
    void detailsKeepTheirTypesAndOrder() {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("zone", List.of("b", "a"));
        details.put("count", 3);
        details.put("large", 1L << 40);
        details.put("sure", false);
        details.put("origin", Origin.EXTERNAL);
        details.put("when", Instant.EPOCH);
        details.put("encryptionContext", Map.of("purpose", "test"));
        assertThat(json(Events.encrypt("request", details))
                        .get("additionalEventData")
                        .toString())
                .isEqualTo("{\"zone\":[\"b\",\"a\"],\"count\":3,\"large\":1099511627776,\"sure\":false,"
                        + "\"origin\":\"EXTERNAL\",\"when\":\"1970-01-01T00:00:00Z\","
                        + "\"encryptionContext\":{\"purpose\":\"test\"}}");
    }

    @Test
    void bytesAreRefused() {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("key", new byte[] {1, 2, 3});
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> text(Events.encrypt("request", details)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                "a\nb\n{\"eventName\":\"forged\"}\n",
                "\u0000\u0001\u001b[2J\u007f",
                "\u0085\u2028\u2029\u000b\u000c",
                "\u009b31m",
                "\"},{\"",
                "\\\"\\",
                "\ud800",
                "\udc00x",
                "漢字 🔑 שלום",
            })
    void whateverIsSentStaysOneLineAndComesBack(String text) {
        AuditEvent hostile = Events.hostile(text);
        assertThat(text(hostile).chars()).allMatch(c -> c >= ' ' && c <= 0x7f);
        JsonNode event = json(hostile);
        assertThat(event.get("eventName").stringValue()).isEqualTo(text);
        assertThat(event.get("errorMessage").stringValue()).isEqualTo(text);
        assertThat(event.get("requestParameters").get(text).stringValue()).isEqualTo(text);
        assertThat(event.get("resources").get(0).get("ARN").stringValue()).isEqualTo(text);
        assertThat(event.get("additionalEventData").get(text).stringValue()).isEqualTo(text);
    }
}
