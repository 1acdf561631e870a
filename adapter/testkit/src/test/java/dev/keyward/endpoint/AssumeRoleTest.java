package dev.keyward.endpoint;

import static dev.keyward.endpoint.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.testkit.Identity;
import dev.keyward.testkit.KeywardExtension;
import dev.keyward.testkit.LocalKeyward;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Temporary credentials from AssumeRole: who gets them, what they can do, and when they end. */
class AssumeRoleTest {
    private static final String ACCOUNT = "111122223333";
    private static final String ROLE = "arn:aws:iam::111122223333:role/worker";
    private static final String IDENTITIES = """
            accounts:
              "111122223333":
                users:
                  alice: {}
                  bob: {}
                  carol:
                    policies:
                      assume: '{"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}'
                roles:
                  worker:
                    longestSessionSeconds: 7200
                    tags: {team: payments}
                    policies:
                      use:
                        Version: "2012-10-17"
                        Statement: {Effect: Allow, Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*"}
                    trustPolicy:
                      Version: "2012-10-17"
                      Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/alice"}, Action: "sts:AssumeRole"}
                  outside:
                    trustPolicy:
                      Version: "2012-10-17"
                      Statement:
                        Effect: Allow
                        Principal: {AWS: "111122223333"}
                        Action: sts:AssumeRole
                        Condition: {StringEquals: {"sts:ExternalId": "agreed"}}
            """;

    @RegisterExtension
    static final KeywardExtension KEYWARD = KeywardExtension.with(builder -> builder.identities(IDENTITIES));

    @Test
    void everybodyLearnsWhoTheyAre(LocalKeyward keyward) {
        GetCallerIdentityResponse root = callerIdentity(keyward, keyward.root());
        assertThat(root.arn()).isEqualTo("arn:aws:iam::111122223333:root");
        assertThat(root.userId()).isEqualTo(ACCOUNT);
        GetCallerIdentityResponse alice = callerIdentity(keyward, keyward.signIn(ACCOUNT, "alice"));
        assertThat(alice.arn()).isEqualTo("arn:aws:iam::111122223333:user/alice");
        assertThat(alice.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(alice.account()).isEqualTo(ACCOUNT);
    }

    @Test
    void whomTheTrustPolicyNamesBecomesTheRole(LocalKeyward keyward) {
        String key = keyward.kms().createKey().keyMetadata().keyId();
        Credentials credentials = assume(keyward, "alice", r -> {});
        assertThat(credentials.expiration())
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3601));
        try (KmsClient kms = Clients.kms(keyward, Clients.session(credentials))) {
            SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x")))
                    .ciphertextBlob();
            assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext))
                            .plaintext()
                            .asUtf8String())
                    .isEqualTo("x");
            assertRefused("AccessDeniedException", () -> kms.describeKey(r -> r.keyId(key)));
        }
    }

    @Test
    void nobodyElseDoes(LocalKeyward keyward) {
        assertRefused("AccessDenied", () -> assume(keyward, "bob", r -> {}));
        // Her own policy is not enough: the role leaves nothing to its account.
        assertRefused("AccessDenied", () -> assume(keyward, "carol", r -> {}));
        assertRefused("AccessDenied", () -> assume(keyward, keyward.root(), r -> {}));
        assertRefused("AccessDenied", () -> assume(keyward, "alice", r -> r.roleArn(ROLE + "-that-is-not-there")));
    }

    @Test
    void aRoleThatTrustsItsAccountLeavesItToIdentityPolicies(LocalKeyward keyward) {
        Consumer<AssumeRoleRequest.Builder> outside =
                r -> r.roleArn("arn:aws:iam::111122223333:role/outside").externalId("agreed");
        assertThat(assume(keyward, "carol", outside).accessKeyId()).startsWith("ASIA");
        assertRefused("AccessDenied", () -> assume(keyward, "bob", outside));
        assertRefused("AccessDenied", () -> assume(keyward, "carol", outside.andThen(r -> r.externalId("guessed"))));
    }

    @Test
    void aSessionPolicyOnlyNarrows(LocalKeyward keyward) {
        String key = keyward.kms().createKey().keyMetadata().keyId();
        Credentials credentials = assume(keyward, "alice", r -> r.policy("""
                {"Version": "2012-10-17",
                 "Statement": {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:DescribeKey"], "Resource": "*"}}"""));
        try (KmsClient kms = Clients.kms(keyward, Clients.session(credentials))) {
            SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x")))
                    .ciphertextBlob();
            assertRefused("AccessDeniedException", () -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
            assertRefused("AccessDeniedException", () -> kms.describeKey(r -> r.keyId(key)));
        }
        assertRefused("MalformedPolicyDocument", () -> assume(keyward, "alice", r -> r.policy("{}")));
    }

    @Test
    void sessionsHaveTheirBounds(LocalKeyward keyward) {
        assertThat(assume(keyward, "alice", r -> r.durationSeconds(7200))).isNotNull();
        assertRefused("ValidationError", () -> assume(keyward, "alice", r -> r.durationSeconds(7201)));
        assertRefused("ValidationError", () -> assume(keyward, "alice", r -> r.durationSeconds(899)));
        assertRefused("ValidationError", () -> assume(keyward, "alice", r -> r.durationSeconds(43201)));
        assertRefused("ValidationError", () -> assume(keyward, "alice", r -> r.roleSessionName("a b")));
        assertRefused("ValidationError", () -> assume(keyward, "alice", r -> r.sourceIdentity("alice")));
    }

    @Test
    void aSessionOutlivesARestartAndNotItsEnd() {
        try (LocalKeyward keyward =
                LocalKeyward.builder().identities(IDENTITIES).start()) {
            String key = keyward.kms().createKey().keyMetadata().keyId();
            Credentials credentials = assume(keyward, "alice", r -> r.durationSeconds(900));
            keyward.restart();
            try (KmsClient kms = Clients.kms(keyward, Clients.session(credentials))) {
                kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x")));
                keyward.advance(Duration.ofMinutes(15));
                assertRefused(
                        "ExpiredTokenException",
                        () -> kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("x"))));
            }
        }
    }

    @Test
    void aSessionEndsWithItsRoleThoughOneOfItsNameComesAfter() {
        try (LocalKeyward keyward =
                LocalKeyward.builder().identities(IDENTITIES).start()) {
            Credentials credentials = assume(keyward, "alice", r -> {});
            IdentityAdministration identities = keyward.identities();
            identities.delete("test", identities.find(new AccountId(ACCOUNT), Kind.ROLE, "worker"));
            keyward.applyIdentities(IDENTITIES);
            try (KmsClient kms = Clients.kms(keyward, Clients.session(credentials))) {
                assertRefused("UnrecognizedClientException", () -> kms.listKeys());
            }
        }
    }

    @Test
    void aSessionTokenIsGoodForItsAccessKeyAlone(LocalKeyward keyward) {
        Credentials one = assume(keyward, "alice", r -> {});
        Credentials other = assume(keyward, "alice", r -> {});
        AwsCredentials mixed =
                AwsSessionCredentials.create(one.accessKeyId(), one.secretAccessKey(), other.sessionToken());
        try (KmsClient kms = Clients.kms(keyward, StaticCredentialsProvider.create(mixed))) {
            assertRefused("UnrecognizedClientException", () -> kms.listKeys());
        }
    }

    private static GetCallerIdentityResponse callerIdentity(LocalKeyward keyward, Identity identity) {
        try (StsClient sts = Clients.sts(keyward, identity.credentials())) {
            return sts.getCallerIdentity();
        }
    }

    private static Credentials assume(
            LocalKeyward keyward, String user, Consumer<AssumeRoleRequest.Builder> otherwise) {
        return assume(keyward, keyward.signIn(ACCOUNT, user), otherwise);
    }

    private static Credentials assume(
            LocalKeyward keyward, Identity identity, Consumer<AssumeRoleRequest.Builder> otherwise) {
        try (StsClient sts = Clients.sts(keyward, identity.credentials())) {
            return sts.assumeRole(AssumeRoleRequest.builder()
                            .roleArn(ROLE)
                            .roleSessionName("session")
                            .applyMutation(otherwise)
                            .build())
                    .credentials();
        }
    }
}
