package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/** {@code keyward identity}, with and without a server on the home. */
class IdentityCommandsTest {
    private static final String ALICE = """
            accounts:
              "111122223333":
                users:
                  alice:
                    policies:
                      look: |
                        {"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*"}}
            """;
    private static final String MAY_CREATE = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:CreateKey", "Resource": "*"}}
            """;

    @TempDir
    private Path directory;

    private Path home = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void makeAHome() throws IOException {
        home = RunningKeyward.freshHome(directory.resolve("home"));
        file = Files.writeString(directory.resolve("identities.yaml"), ALICE);
    }

    @Test
    void aFileIsAppliedAgainAndAgainWithoutAServer() {
        assertThat(succeed("apply", "--dry-run", file.toString())).contains("user/alice");
        assertThat(succeed("list")).doesNotContain("alice");

        succeed("apply", file.toString());
        String alice = succeed("list");
        assertThat(alice).containsPattern("user/alice .*AIDA[A-Z0-9]{17}");

        succeed("apply", file.toString());
        assertThat(succeed("list")).isEqualTo(alice);
        assertThat(succeed("show", "user/alice")).contains("kms:ListKeys");
    }

    @Test
    void aDeletedUserIsAnotherOneWhenMadeAgain() {
        succeed("create-user", "alice");
        String before = succeed("list");
        succeed("delete", "user/alice");
        assertThat(succeed("list")).doesNotContain("alice");
        succeed("create-user", "alice");

        assertThat(succeed("list")).contains("user/alice").isNotEqualTo(before);
    }

    @Test
    void aRunningServerCarriesThemOutAndObeysAtOnce() throws IOException {
        try (RunningKeyward keyward = RunningKeyward.start(home);
                KmsClient root = keyward.client()) {
            succeed("apply", file.toString());
            Path credentials = directory.resolve("alice.credentials");
            String made = succeed("create-access-key", "alice", "--credentials", credentials.toString());
            assertThat(Files.getPosixFilePermissions(credentials))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            String secret = value(credentials, "aws_secret_access_key");
            assertThat(made).doesNotContain(secret);
            try (KmsClient alice = keyward.client(credentials, "alice")) {
                assertThat(alice.listKeys().keys()).isEmpty();
                assertCode("AccessDeniedException", alice::createKey);

                Path policy = Files.writeString(directory.resolve("policy.json"), MAY_CREATE);
                succeed("put-policy", "user/alice", "create", policy.toString());
                assertThat(alice.createKey().keyMetadata().keyId()).isNotEmpty();

                succeed("deactivate-access-key", value(credentials, "aws_access_key_id"));
                assertCode("UnrecognizedClientException", alice::listKeys);
            }

            succeed("disable-root");
            assertCode("UnrecognizedClientException", root::listKeys);
            succeed("enable-root");
            assertThat(root.listKeys().keys()).hasSize(1);

            assertThat(keyward.stop().exitCode()).isZero();
        }
        assertThat(KeywardProcess.run("audit", "verify", "--home", home.toString())
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users:          | groups:
                    kms:ListKeys    | ListKeys
                    Allow           | Permit
                    "111122223333"  | "1111"
                    alice:          | 'a b':
                    policies:       | policy:
                    """)
    void aWrongFileIsOneLineAndChangesNothing(String right, String wrong) throws IOException {
        Files.writeString(file, ALICE.replace(right, wrong));

        CommandRun run = identity("apply", file.toString());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("keyward identity apply: ").hasLineCount(1);
        assertThat(succeed("list")).doesNotContain("alice").doesNotContain("a b");
    }

    private String succeed(String... arguments) {
        CommandRun run = identity(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private CommandRun identity(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "identity";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--home";
        all[all.length - 1] = home.toString();
        return KeywardProcess.run(all);
    }

    private static String value(Path credentials, String name) throws IOException {
        return Files.readString(credentials)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findAny()
                .orElseThrow();
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo(code));
    }
}
