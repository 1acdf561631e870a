package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** A server process, and what others see of it. */
class ServeCommandTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("attack at dawn");

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningKeyward keyward;

    @BeforeAll
    static void serve() {
        keyward = RunningKeyward.start(RunningKeyward.freshHome(directory.resolve("home")));
    }

    @AfterAll
    static void stop() {
        keyward.close();
    }

    @Test
    void answersSignedRequestsAtTheUrlItPrints() {
        try (KmsClient kms = keyward.client()) {
            String key = kms.createKey().keyMetadata().keyId();
            SdkBytes ciphertext = kms.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT))
                    .ciphertextBlob();

            assertThat(kms.decrypt(request -> request.ciphertextBlob(ciphertext))
                            .plaintext())
                    .isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void writesTheCredentialsForTheirOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyward.credentials())))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAHomeThatAnotherProcessServes() {
        CommandRun second =
                KeywardProcess.run("serve", "--home", directory.resolve("home").toString(), "--port", "0");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
                .startsWith(
                        "keyward serve: another process (" + keyward.process().pid() + ") is running on ")
                .hasLineCount(1);
    }

    @Test
    void refusesAPortThatIsTaken() {
        Path other = RunningKeyward.freshHome(directory.resolve("other"));
        String port = String.valueOf(keyward.endpoint().getPort());

        CommandRun second = KeywardProcess.run("serve", "--home", other.toString(), "--port", port);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
                .isEqualTo("keyward serve: cannot listen on 127.0.0.1 port " + port
                        + ": it is in use, or no address of this machine\n");
    }

    @Test
    void theDoctorLeavesTheDatabaseToTheServer() {
        CommandRun doctor =
                KeywardProcess.run("doctor", "--home", directory.resolve("home").toString());

        assertThat(doctor.exitCode()).isZero();
        assertThat(doctor.out().lines())
                .anyMatch(line -> line.matches("server +note +a process runs on this home; .*"))
                .anyMatch(line -> line.matches("token +good +logged in to keyward, .*"))
                .anyMatch(line -> line.matches("database +not checked +.*"));
    }

    @Test
    void refusesWhatCannotBeInOneLine() {
        Map<String, String> wrong = Map.of(
                "--port 65536",
                "keyward serve: listen.port (option --port): \"65536\" is not allowed",
                "--port http",
                "keyward serve: listen.port (option --port): \"http\" is not allowed",
                "--config missing.yaml",
                "keyward serve: configuration file missing.yaml cannot be read: ",
                "--home " + directory.resolve("nowhere"),
                "keyward serve: no token is configured: ");
        wrong.forEach((options, message) -> {
            CommandRun run = CommandRun.of(("serve " + options).split(" "));

            assertThat(run.exitCode()).as(options).isEqualTo(2);
            assertThat(run.err()).as(options).startsWith(message).hasLineCount(1);
        });
    }
}
