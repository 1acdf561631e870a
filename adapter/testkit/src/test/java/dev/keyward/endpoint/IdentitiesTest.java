package dev.keyward.endpoint;

import static dev.keyward.endpoint.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.identity.IdentityException;
import dev.keyward.testkit.Identity;
import dev.keyward.testkit.LocalKeyward;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;

/** Users with several access keys, and policies that mean the users whom they meant when they were put. */
class IdentitiesTest {
    private static final String ACCOUNT = "111122223333";
    private static final String OPERATOR = "test";
    private static final String ALICE = """
            accounts:
              "111122223333":
                users:
                  alice:
                    policies:
                      look: '{"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*"}}'
            """;

    @Test
    void eachAccessKeyIsSwitchedByItself() {
        try (LocalKeyward keyward = LocalKeyward.builder().identities(ALICE).start()) {
            Identity first = keyward.signIn(ACCOUNT, "alice");
            Identity second = keyward.signIn(ACCOUNT, "alice");
            IdentityAdministration identities = keyward.identities();
            identities.setAccessKey(OPERATOR, first.accessKeyId(), false);
            assertRefused("UnrecognizedClientException", keyward.kms(first)::listKeys);
            assertThat(keyward.kms(second).listKeys().keys()).isEmpty();
            identities.setAccessKey(OPERATOR, first.accessKeyId(), true);
            assertThat(keyward.kms(first).listKeys().keys()).isEmpty();
            identities.deleteAccessKey(OPERATOR, second.accessKeyId());
            assertRefused("UnrecognizedClientException", keyward.kms(second)::listKeys);
        }
    }

    @Test
    void aUserMayWhatItsPoliciesSayFromTheNextRequestOn() {
        try (LocalKeyward keyward = LocalKeyward.builder().identities(ALICE).start()) {
            KmsClient alice = keyward.kms(keyward.signIn(ACCOUNT, "alice"));
            assertThat(alice.listKeys().keys()).isEmpty();
            keyward.applyIdentities("""
                    accounts:
                      "111122223333":
                        users:
                          alice: {}
                    """);
            assertRefused("AccessDeniedException", alice::listKeys);
        }
    }

    @Test
    void aRootThatIsDisabledSignsNothingThoughItIsRestarted() {
        try (LocalKeyward keyward = LocalKeyward.start()) {
            keyward.identities().setRoot(OPERATOR, false);
            assertRefused("UnrecognizedClientException", keyward.kms()::listKeys);
            keyward.restart();
            assertRefused("UnrecognizedClientException", keyward.kms()::listKeys);
            keyward.identities().setRoot(OPERATOR, true);
            assertThat(keyward.kms().listKeys().keys()).isEmpty();
        }
    }

    @Test
    void aUserMadeAgainUnderAnOldNameInheritsNothing() {
        try (LocalKeyward keyward = LocalKeyward.builder().identities(ALICE).start()) {
            String policy = """
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                       "Action": "kms:PutKeyPolicy", "Resource": "*"},
                      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
                       "Action": "kms:DescribeKey", "Resource": "*"}]}""";
            String key =
                    keyward.kms().createKey(r -> r.policy(policy)).keyMetadata().keyId();
            Identity first = keyward.signIn(ACCOUNT, "alice");
            assertThat(keyward.kms(first)
                            .describeKey(r -> r.keyId(key))
                            .keyMetadata()
                            .keyId())
                    .isEqualTo(key);

            IdentityAdministration identities = keyward.identities();
            identities.delete(OPERATOR, identities.find(new AccountId(ACCOUNT), Kind.USER, "alice"));
            keyward.applyIdentities(ALICE);

            assertRefused("UnrecognizedClientException", keyward.kms(first)::listKeys);
            KmsClient second = keyward.kms(keyward.signIn(ACCOUNT, "alice"));
            assertRefused("AccessDeniedException", () -> second.describeKey(r -> r.keyId(key)));
            // Until somebody puts the policy again, who then means the new one.
            keyward.kms().putKeyPolicy(r -> r.keyId(key).policy(policy));
            assertThat(second.describeKey(r -> r.keyId(key)).keyMetadata().keyId())
                    .isEqualTo(key);
        }
    }

    @Test
    void aPolicyNamesOnlyWhoIsThere() {
        try (LocalKeyward keyward = LocalKeyward.builder().identities(ALICE).start()) {
            String policy = """
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:user/nobody"]},
                       "Action": "kms:*", "Resource": "*"}]}""";
            assertThatExceptionOfType(MalformedPolicyDocumentException.class)
                    .isThrownBy(() -> keyward.kms().createKey(r -> r.policy(policy)))
                    .withMessageContaining(
                            "one or more invalid principals. There is no arn:aws:iam::111122223333:user/nobody");
        }
    }

    @Test
    void aFileIsAppliedWholeOrNotAtAll() {
        try (LocalKeyward keyward = LocalKeyward.builder().identities(ALICE).start()) {
            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(() -> keyward.applyIdentities("""
                            accounts:
                              "111122223333":
                                users:
                                  bob: {}
                                  carol:
                                    policies:
                                      wrong: {Version: "2012-10-17", Statement: {Effect: Allow, Action: "kms:*"}}
                            """))
                    .withMessageStartingWith("user carol: policy wrong: ");
            assertThat(keyward.identities().identities()).hasSize(1);
        }
    }
}
