package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen of the audit commands without a token. */
class AuditCommandsTest {
    private static final String EVENT = """
            {"eventVersion":"1.11","userIdentity":{"arn":"arn:aws:iam::111122223333:user/anna"},\
            "eventTime":"2026-02-03T04:05:06Z","eventSource":"kms.amazonaws.com","eventName":"%s",\
            "requestID":"r-%d","resources":[{"ARN":"arn:aws:kms:us-east-1:111122223333:key/one"}]}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeEvents() throws IOException {
        String events =
                EVENT.formatted("Encrypt", 1) + EVENT.formatted("a\\u001b[2Jb", 2) + EVENT.formatted("Decrypt", 3);
        Files.writeString(directory.resolve("audit-2026-02-03-000001-000000000000.jsonl"), events);
    }

    private CommandRun query(String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit", "query", "--directory", directory.toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "audit verify", "audit query"})
    void everyCommandHelps(String command) {
        CommandRun run = CommandRun.of((command + " --help").split(" ", -1));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: keyward " + command)
                .contains("Exit codes:")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 100));
    }

    @Test
    void wrongUseIsOneLineAndExitCodeTwo() {
        Map<String, String> wrong = Map.of(
                "audit", "keyward audit: which command? there are: verify, query",
                "audit query --since yesterday", "keyward audit query: Invalid value for option '--since'",
                "audit verify", "keyward audit verify: no token is configured");
        wrong.forEach((line, message) -> {
            CommandRun run = CommandRun.in(
                    Map.of("KEYWARD_HOME", directory.resolve("none").toString()), line.split(" ", -1));

            assertThat(run.exitCode()).as(line).isEqualTo(2);
            assertThat(run.err()).as(line).startsWith(message).hasLineCount(1);
        });
    }

    @Test
    void aTableShowsNothingThatATerminalObeys() {
        String principal = "arn:aws:iam::111122223333:user/anna";
        assertThat(query().out().lines().map(line -> List.of(line.split(" {2,}", -1))))
                .containsExactly(
                        List.of("time", "operation", "outcome", "principal", "resources", "request"),
                        List.of("2026-02-03T04:05:06Z", "Encrypt", "ok", principal, "key/one", "r-1"),
                        List.of("2026-02-03T04:05:06Z", "a\\u001b[2Jb", "ok", principal, "key/one", "r-2"),
                        List.of("2026-02-03T04:05:06Z", "Decrypt", "ok", principal, "key/one", "r-3"));
    }

    @Test
    void jsonIsTheLinesAsTheyAre() {
        assertThat(query("--json", "--operation", "decrypt").out()).isEqualTo(EVENT.formatted("Decrypt", 3));
        assertThat(query("--json", "--last", "1").out()).isEqualTo(EVENT.formatted("Decrypt", 3));
    }

    @Test
    void whatIsLeftOutIsSaid() {
        CommandRun run = query("--last", "1");

        assertThat(run.out()).doesNotContain("Encrypt").contains("Decrypt");
        assertThat(run.err()).isEqualToIgnoringNewLines("2 older events are not shown (--last N, --json)");
    }

    @Test
    void linesThatAreNoEventsAreAFailure() throws IOException {
        Files.writeString(directory.resolve("audit-2026-02-03-000002-000000000000.jsonl"), "nonsense\n");

        CommandRun run = query();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Decrypt");
        assertThat(run.err()).contains("1 lines of the trail are no events");
    }
}
