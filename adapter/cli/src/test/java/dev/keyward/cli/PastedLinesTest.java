package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} prints, pasted into a shell. */
class PastedLinesTest {
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    private Path directory;

    @Test
    void showAKeyMadeUsedDisabledImportedAndScheduledForDeletion() throws IOException, InterruptedException {
        Path home = RunningKeyward.freshHome(directory.resolve("home"));
        try (RunningKeyward keyward = RunningKeyward.start(home)) {
            Path script = Files.writeString(
                    directory.resolve("pasted"),
                    Welcome.script(
                            keyward.endpoint(),
                            keyward.credentials(),
                            keywardCommand().toString()));

            Process shell = shell(script);

            assertThat(shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(directory.resolve("out"))
                    .content()
                    .contains("attack at dawn", "\"KeyState\": \"PendingDeletion\"")
                    .containsPattern("arn:aws:kms:us-east-1:\\d{12}:key/[0-9a-f-]{36}");
            assertThat(directory.resolve("err"))
                    .content()
                    .containsOnlyOnce("error")
                    .contains("(DisabledException) when calling the Encrypt operation", "is disabled.");
            assertThat(shell.exitValue()).isZero();
        }
    }

    private Process shell(Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_CONFIG_FILE", directory.resolve("none").toString());
        return builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    /** {@code keyward} on the class path of this test, since nothing is packaged yet when it runs. */
    private Path keywardCommand() throws IOException {
        Path command = Files.writeString(
                directory.resolve("keyward"),
                "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        if (!command.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + command);
        }
        return command;
    }
}
