package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

/** {@code keyward accept-database} after the database was restored from a backup. */
class AcceptDatabaseCommandTest {
    @TempDir
    private Path directory;

    @Test
    void aRestoredDatabaseIsServedOnceSomebodyAnswersForIt() throws IOException {
        Path home = RunningKeyward.freshHome(directory.resolve("home"));
        String key;
        try (RunningKeyward first = RunningKeyward.start(home);
                KmsClient kms = first.client()) {
            key = kms.createKey().keyMetadata().keyId();
            assertThat(first.stop().exitCode()).isZero();
        }
        assertThat(run(home, "accept-database").out()).contains("there is nothing to accept");
        Path backup = Files.copy(home.resolve("keyward.db"), directory.resolve("backup.db"));
        try (RunningKeyward second = RunningKeyward.start(home);
                KmsClient kms = second.client()) {
            kms.disableKey(r -> r.keyId(key));
            assertThat(second.stop().exitCode()).isZero();
        }

        Files.copy(backup, home.resolve("keyward.db"), StandardCopyOption.REPLACE_EXISTING);

        CommandRun serving = run(home, "serve");
        assertThat(serving.exitCode()).isEqualTo(1);
        assertThat(serving.err())
                .contains("the rows are those of an earlier time")
                .contains("accept-database");
        CommandRun asking = run(home, "accept-database");
        assertThat(asking.exitCode()).isEqualTo(1);
        assertThat(asking.out()).contains("the rows are those of an earlier time");
        assertThat(run(home, "serve").exitCode()).isEqualTo(1);

        CommandRun accepting = run(home, "accept-database", "--yes");
        assertThat(accepting.exitCode()).as(accepting.err()).isZero();
        try (RunningKeyward third = RunningKeyward.start(home);
                KmsClient kms = third.client()) {
            assertThat(kms.describeKey(r -> r.keyId(key)).keyMetadata().enabled())
                    .isTrue();
            assertThat(third.stop().exitCode()).isZero();
        }
        assertThat(run(home, "audit", "query", "--operation", "AcceptDatabase", "--json")
                        .out())
                .contains("those of an earlier time", "operator/" + System.getProperty("user.name"));
    }

    private static CommandRun run(Path home, String... arguments) {
        String[] command = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, command, 0, arguments.length);
        command[arguments.length] = "--home";
        command[arguments.length + 1] = home.toString();
        return KeywardProcess.run(command);
    }
}
