package dev.keyward.endpoint;

import static dev.keyward.endpoint.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.keyward.testkit.LocalKeyward;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/** What whoever holds a token of an OpenID Connect provider may become, by an unmodified SDK. */
class WebIdentityTest {
    private static final String ACCOUNT = "111122223333";
    private static final String ROLE = "arn:aws:iam::111122223333:role/worker";
    private static final String SUBJECT = "system:serviceaccount:payments:worker";

    private static final OidcProvider PROVIDER = OidcProvider.start();
    private static final LocalKeyward KEYWARD = start();

    private static LocalKeyward start() {
        return LocalKeyward.builder()
                .setting(
                        "KEYWARD_IDENTITY_PROVIDERS",
                        "[{issuer: '%s', audiences: [%s], keys: {url: '%s'}, clockSkewSeconds: 5}]"
                                .formatted(PROVIDER.issuer(), OidcProvider.AUDIENCE, PROVIDER.keys()))
                .identities("""
                        accounts:
                          "111122223333":
                            roles:
                              worker:
                                policies:
                                  use:
                                    Version: "2012-10-17"
                                    Statement: {Effect: Allow, Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*"}
                                trustPolicy:
                                  Version: "2012-10-17"
                                  Statement:
                                    Effect: Allow
                                    Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/%1$s"}
                                    Action: sts:AssumeRoleWithWebIdentity
                                    Condition:
                                      StringEquals: {"%1$s:sub": "%2$s", "%1$s:aud": "%3$s"}
                        """.formatted(PROVIDER.name(), SUBJECT, OidcProvider.AUDIENCE))
                .start();
    }

    @BeforeAll
    static void isRunning() {
        assertThat(KEYWARD.endpoint()).isNotNull();
    }

    @AfterAll
    static void stop() {
        KEYWARD.close();
        PROVIDER.close();
    }

    @Test
    void anSdkThatIsGivenATokenFileWorksAsTheRole(@TempDir Path directory) throws Exception {
        String key = KEYWARD.kms().createKey().keyMetadata().keyId();
        Path token = Files.writeString(directory.resolve("token"), PROVIDER.token(SUBJECT));
        try (StsClient sts = sts();
                StsWebIdentityTokenFileCredentialsProvider credentials =
                        StsWebIdentityTokenFileCredentialsProvider.builder()
                                .stsClient(sts)
                                .roleArn(ROLE)
                                .roleSessionName("pod-1")
                                .webIdentityTokenFile(token)
                                .build();
                KmsClient kms = Clients.kms(KEYWARD, credentials)) {
            SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String("secret")))
                    .ciphertextBlob();
            assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext))
                            .plaintext()
                            .asUtf8String())
                    .isEqualTo("secret");
            assertThatThrownBy(() -> kms.disableKey(r -> r.keyId(key)))
                    .hasMessageContaining("User: arn:aws:sts::111122223333:assumed-role/worker/pod-1 is not authorized"
                            + " to perform: kms:DisableKey");
        }
    }

    /** Nobody tells the SDK anything but by its own environment variables, as Kubernetes does. */
    @Test
    void anSdkThatKnowsOnlyItsEnvironmentWorksAsTheRole(@TempDir Path directory) throws Exception {
        String key = KEYWARD.kms().createKey().keyMetadata().keyId();
        Path token = Files.writeString(directory.resolve("token"), PROVIDER.token(SUBJECT));
        Map<String, String> environment = Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString(),
                "AWS_ROLE_ARN",
                ROLE,
                "AWS_ROLE_SESSION_NAME",
                "pod-2",
                "AWS_ENDPOINT_URL_STS",
                KEYWARD.endpoint().toString(),
                "AWS_ENDPOINT_URL_KMS",
                KEYWARD.endpoint().toString(),
                "AWS_REGION",
                "us-east-1");

        JavaProcess.Outcome run = JavaProcess.run(directory, environment, Workload.class.getName(), key);

        assertThat(run.out().lines())
                .as(run.err())
                .containsExactly(
                        "I am arn:aws:sts::111122223333:assumed-role/worker/pod-2",
                        "Decrypted: secret of the workload",
                        "Refused: AccessDeniedException");
    }

    @Test
    void theAnswerSaysWhoTheTokenIsOf() {
        AssumeRoleWithWebIdentityResponse answer = assume(PROVIDER.token(SUBJECT));
        assertThat(answer.subjectFromWebIdentityToken()).isEqualTo(SUBJECT);
        assertThat(answer.audience()).isEqualTo(OidcProvider.AUDIENCE);
        assertThat(answer.provider()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + PROVIDER.name());
        assertThat(answer.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::111122223333:assumed-role/worker/session");
        assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
    }

    static Stream<Arguments> untrusted() {
        Date past = Date.from(Instant.now().minusSeconds(60));
        Date future = Date.from(Instant.now().plusSeconds(60));
        UnaryOperator<JWTClaimsSet.Builder> same = claims -> claims;
        return Stream.of(
                Arguments.of("AccessDenied", PROVIDER.token("another subject")),
                Arguments.of("InvalidIdentityToken", PROVIDER.token(SUBJECT, same, OidcProvider.key())),
                Arguments.of("InvalidIdentityToken", token(claims -> claims.audience("another"))),
                Arguments.of("InvalidIdentityToken", token(claims -> claims.issuer("https://another.example.com"))),
                Arguments.of("InvalidIdentityToken", token(claims -> claims.expirationTime(null))),
                Arguments.of("InvalidIdentityToken", token(claims -> claims.notBeforeTime(future))),
                Arguments.of("ExpiredTokenException", token(claims -> claims.expirationTime(past))),
                Arguments.of("InvalidIdentityToken", "not.a.token"),
                // {"alg":"none"}
                Arguments.of("InvalidIdentityToken", "eyJhbGciOiJub25lIn0.e30."));
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        return PROVIDER.token(SUBJECT, otherwise, PROVIDER.ownKey());
    }

    @ParameterizedTest
    @MethodSource("untrusted")
    void anUntrustedTokenIsRefused(String code, String token) {
        assertRefused(code, () -> assume(token));
    }

    private static AssumeRoleWithWebIdentityResponse assume(String token) {
        try (StsClient sts = sts()) {
            return sts.assumeRoleWithWebIdentity(
                    r -> r.roleArn(ROLE).roleSessionName("session").webIdentityToken(token));
        }
    }

    private static StsClient sts() {
        return Clients.sts(KEYWARD, AnonymousCredentialsProvider.create());
    }
}
