package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.boot.KeywardConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywardCommandLineTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "token", "token init", "token probe", "import-material", "doctor", "settings"})
    void everyCommandHelps(String command) {
        String[] arguments = (command + " --help").strip().split(" ");

        CommandRun run = CommandRun.of(arguments);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: keyward" + (command.isEmpty() ? "" : " " + command))
                .contains("Exit codes:")
                .doesNotContain("${")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 100));
    }

    @Test
    void theVersionIsPrinted() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("keyward ");
    }

    @Test
    void wrongUseIsOneLineAndExitCodeTwo() {
        Map<String, String> wrong = Map.of(
                "", "keyward: which command? ",
                "token", "keyward token: which command? init, probe",
                "token probe --label x", "keyward token probe: --library or --profile is missing",
                "token probe --library l --directory d", "keyward token probe: --directory needs --profile",
                "token probe --library l --home h", "keyward token probe: --home and --config ask the configured token",
                "token probe --profile nope", "keyward token probe: token.profile: there is no profile \"nope\"",
                "sreve", "keyward: Unmatched argument at index 0: 'sreve'",
                "import-material --file f", "keyward import-material: Missing required option: '--key-id=ID'",
                "import-material --file f --key-id k --algorithm RSA",
                        "keyward import-material: Invalid value for option '--algorithm'",
                "import-material --file f --key-id k --valid-to tomorrow",
                        "keyward import-material: Invalid value for option '--valid-to'");
        wrong.forEach((line, message) -> {
            CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));

            assertThat(run.exitCode()).as(line).isEqualTo(2);
            assertThat(run.out()).as(line).isEmpty();
            assertThat(run.err()).as(line).startsWith(message).hasLineCount(1);
        });
    }

    @Test
    void whatCannotBeDoneIsOneLineAndExitCodeOne() {
        Path missing = directory.resolve("missing");

        CommandRun run = CommandRun.of("import-material", "--key-id", "k", "--file", missing.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("keyward import-material: file " + missing + " cannot be read (--file)");
    }

    @Test
    void whereAnErrorCameFromIsShownOnRequest() {
        CommandRun run = CommandRun.in(
                Map.of("KEYWARD_DEBUG", "true"),
                "import-material",
                "--key-id",
                "k",
                "--file",
                directory.resolve("missing").toString());

        assertThat(run.err()).contains("\tat dev.keyward.cli.ImportMaterialCommand.");
    }

    @Test
    void credentialsThatAreNotThereAreNamed() throws Exception {
        Path file = Files.write(directory.resolve("material"), new byte[32]);
        Path credentials = directory.resolve("credentials");

        assertThat(importing(file, credentials).err())
                .isEqualToIgnoringNewLines(
                        "keyward import-material: credentials file " + credentials + " cannot be read (--credentials)");
        Files.writeString(credentials, "[other]\naws_access_key_id = a\naws_secret_access_key = b\n");
        assertThat(importing(file, credentials).err())
                .isEqualToIgnoringNewLines(
                        "keyward import-material: " + credentials + " has no profile keyward (--profile)");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsNamed() throws Exception {
        Path file = Files.write(directory.resolve("material"), new byte[32]);
        Path credentials = Files.writeString(
                directory.resolve("credentials"), "[keyward]\naws_access_key_id = a\naws_secret_access_key = b\n");

        CommandRun run = CommandRun.of(
                "import-material",
                "--key-id=k",
                "--file=" + file,
                "--credentials=" + credentials,
                "--endpoint-url=http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("keyward import-material: http://127.0.0.1:1 does not answer: ")
                .hasLineCount(1);
    }

    @Test
    void aConnectionThatCannotBeIsNamed() throws Exception {
        Path file = Files.write(directory.resolve("material"), new byte[32]);
        Path credentials = directory.resolve("credentials");
        Files.writeString(credentials, "[keyward]\nregion = us-east-1\n");
        Map<String, String> wrong = Map.of(
                "--endpoint-url=ftp://host",
                "'ftp://host' is no URL such as ",
                "--endpoint-url=",
                "'' is no URL such as ",
                "--credentials=" + directory,
                "credentials file " + directory + " cannot be read",
                "--credentials=" + file,
                "credentials file " + file + " is not one: ",
                "--credentials=" + credentials,
                credentials + " has no access key for profile keyward");
        Files.writeString(file, "no credentials");
        wrong.forEach((option, message) -> {
            CommandRun run = CommandRun.of("import-material", "--key-id=k", "--file=" + file, option);

            assertThat(run.exitCode()).as(option).isEqualTo(1);
            assertThat(run.err())
                    .as(option)
                    .startsWith("keyward import-material: " + message)
                    .hasLineCount(1);
        });
    }

    @Test
    void emptyVariablesAreNamed() {
        assertThat(CommandRun.in(Map.of("KEYWARD_HOME", ""), "token", "init").err())
                .startsWith("keyward token init: home (environment variable KEYWARD_HOME): \"\" is not allowed")
                .hasLineCount(1);
        assertThat(CommandRun.in(Map.of("KEYWARD_CONFIG", ""), "doctor").err())
                .isEqualToIgnoringNewLines("keyward doctor: environment variable KEYWARD_CONFIG is empty");
    }

    @Test
    void settingsListsEverySetting() {
        CommandRun run = CommandRun.of("settings");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1))
                .hasSameSizeAs(KeywardConfiguration.settings())
                .anyMatch(line -> line.matches("listen\\.port +KEYWARD_LISTEN_PORT +4599 +the port to serve on.*"));
        assertThat(KeywardConfiguration.settings())
                .allSatisfy(setting -> assertThat(run.out()).contains(setting.path(), setting.variable()));
    }

    private static CommandRun importing(Path file, Path credentials) {
        CommandRun run = CommandRun.of(
                "import-material", "--key-id", "k", "--file", file.toString(), "--credentials", credentials.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        return run;
    }
}
