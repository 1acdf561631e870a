package dev.keyward.kms.operation;

import static dev.keyward.kms.operation.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.FaceFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What hangs on a key: GetKeyPolicy, PutKeyPolicy, ListKeyPolicies; the tag operations; the rotation operations. */
@ParameterizedClass
@EnumSource(FaceFixture.Door.class)
class PoliciesTagsRotationTest {
    private final FaceFixture fixture;
    private final String key;

    PoliciesTagsRotationTest(FaceFixture.Door door) {
        fixture = new FaceFixture(door);
        key = fixture.createKey();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aKeyHasAPolicyFromTheStart() {
        JsonNode policy = JsonMapper.shared()
                .readTree(
                        fixture.kms.getKeyPolicy(request -> request.keyId(key)).policy());
        ListKeyPoliciesResponse names = fixture.kms.listKeyPolicies(request -> request.keyId(key));

        assertThat(policy).isEqualTo(JsonMapper.shared().readTree("""
                {"Version": "2012-10-17", "Id": "key-default-1", "Statement": [{
                  "Sid": "Enable IAM User Permissions", "Effect": "Allow",
                  "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}]}"""));
        assertThat(names.policyNames()).containsExactly("default");
        assertThat(names.truncated()).isFalse();
    }

    @Test
    void aPolicyComesBackAsItWasPut() {
        String policy = """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
                 "Principal": {"AWS": "111122223333"}}}""";

        fixture.kms.putKeyPolicy(request -> request.keyId(key).policy(policy).policyName("default"));

        assertThat(fixture.kms
                        .getKeyPolicy(request -> request.keyId(key).policyName("default"))
                        .policy())
                .isEqualTo(policy);
    }

    @Test
    void aPolicyThatLocksEverybodyOut() {
        String before = policy();

        assertRefused(
                () -> fixture.kms.putKeyPolicy(
                        request -> request.keyId(key)
                                .policy(
                                        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
                                                + " \"Action\": \"kms:Encrypt\", \"Resource\": \"*\", \"Principal\": {\"AWS\": \"*\"}}}")),
                "MalformedPolicyDocumentException",
                "The new key policy will not allow you to update the key policy in the future.");
        assertThat(policy()).isEqualTo(before);
    }

    @Test
    void aPolicyOfAnotherName() {
        assertRefused(
                () -> fixture.kms.getKeyPolicy(request -> request.keyId(key).policyName("other")),
                "NotFoundException",
                "No such policy exists");
        assertRefused(
                () -> fixture.kms.listKeyPolicies(request -> request.keyId(key).marker("m")),
                "InvalidMarkerException",
                "The marker is not valid.");
    }

    @Test
    void tagsAreListedInTheOrderOfTheirKeys() {
        assertThat(tags()).isEmpty();

        fixture.kms.tagResource(request -> request.keyId(key).tags(tag("b", "1"), tag("a", "2")));
        fixture.kms.tagResource(request -> request.keyId(key).tags(tag("b", "3"), tag("c", "")));
        assertThat(tags()).containsExactly(tag("a", "2"), tag("b", "3"), tag("c", ""));

        fixture.kms.untagResource(request -> request.keyId(key).tagKeys("b", "none"));
        assertThat(tags()).containsExactly(tag("a", "2"), tag("c", ""));
    }

    @Test
    void noTagsAreAnEmptyList() {
        JsonNode listed = fixture.json("ListResourceTags", "{\"KeyId\": \"" + key + "\"}");

        assertThat(listed.toString()).isEqualTo("{\"Tags\":[],\"Truncated\":false}");
    }

    @Test
    void tagsAreListedPageByPage() {
        fixture.kms.tagResource(request -> request.keyId(key).tags(tag("b", "1"), tag("a", "2"), tag("c", "3")));

        ListResourceTagsResponse first =
                fixture.kms.listResourceTags(request -> request.keyId(key).limit(2));
        ListResourceTagsResponse second = fixture.kms.listResourceTags(
                request -> request.keyId(key).limit(2).marker(first.nextMarker()));

        assertThat(first.tags()).containsExactly(tag("a", "2"), tag("b", "1"));
        assertThat(second.tags()).containsExactly(tag("c", "3"));
        assertThat(second.truncated()).isFalse();
    }

    @Test
    void tagsThatCannotBe() {
        assertRefused(
                () -> fixture.kms.tagResource(request -> request.keyId(key).tags(tag("a", "1"), tag("a", "2"))),
                "TagException",
                "Duplicate tag keys");
        assertRefused(
                () -> fixture.kms.createKey(request -> request.tags(tag("AWS:a", "1"))),
                "TagException",
                "Tags beginning with aws: are reserved");
    }

    @Test
    void aKeyRotatesFromWhenItIsToldTo() {
        assertThat(rotation().keyRotationEnabled()).isFalse();
        assertThat(rotation().rotationPeriodInDays()).isNull();

        fixture.kms.enableKeyRotation(request -> request.keyId(key));
        assertThat(rotation().keyId()).isEqualTo(key);
        assertThat(rotation().keyRotationEnabled()).isTrue();
        assertThat(rotation().rotationPeriodInDays()).isEqualTo(365);

        fixture.kms.enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(90));
        assertThat(rotation().rotationPeriodInDays()).isEqualTo(90);
        assertThat(rotation().nextRotationDate())
                .isEqualTo(fixture.clock.instant().plus(Duration.ofDays(90)));

        fixture.kms.disableKeyRotation(request -> request.keyId(key));
        assertThat(rotation().keyRotationEnabled()).isFalse();
        assertThat(rotation().nextRotationDate()).isNull();
    }

    @Test
    void aKeyThatWillBeDeletedDoesNotRotateUntilThatIsTakenBack() {
        fixture.kms.enableKeyRotation(request -> request.keyId(key));

        fixture.kms.scheduleKeyDeletion(request -> request.keyId(key));
        assertThat(rotation().keyRotationEnabled()).isFalse();

        fixture.kms.cancelKeyDeletion(request -> request.keyId(key));
        assertThat(rotation().keyRotationEnabled()).isTrue();
    }

    @Test
    void aPeriodOutOfItsRange() {
        for (Map.Entry<Integer, String> period :
                List.of(Map.entry(89, "greater than or equal to 90"), Map.entry(2561, "less than or equal to 2560"))) {
            assertRefused(
                    () -> fixture.kms.enableKeyRotation(
                            request -> request.keyId(key).rotationPeriodInDays(period.getKey())),
                    "ValidationException",
                    "1 validation error detected: Value '%d' at 'rotationPeriodInDays' failed to satisfy constraint: "
                                    .formatted(period.getKey())
                            + "Member must have value " + period.getValue());
        }
    }

    private String policy() {
        return fixture.kms.getKeyPolicy(request -> request.keyId(key)).policy();
    }

    private List<Tag> tags() {
        return fixture.kms.listResourceTags(request -> request.keyId(key)).tags();
    }

    private GetKeyRotationStatusResponse rotation() {
        return fixture.kms.getKeyRotationStatus(request -> request.keyId(key));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }
}
