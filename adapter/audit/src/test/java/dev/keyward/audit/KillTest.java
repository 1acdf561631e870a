package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A process is killed while it writes: every record whose write returned is in the file. */
class KillTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WRITTEN_BEFORE_THE_KILL = 500;
    private static final String END_OF_LINE = ";";

    @TempDir
    private Path home;

    @Test
    void whatReturnedSurvivesKill() throws Exception {
        List<String> returned = writeUntilKilled();
        Installation installation = new Installation(home);
        installation.run(0);
        List<String> written = installation.lines().stream()
                .filter(line -> line.endsWith("}}"))
                .map(line -> JSON.readTree(line).path("requestID").asString(""))
                .toList();
        assertThat(returned).hasSizeGreaterThanOrEqualTo(WRITTEN_BEFORE_THE_KILL);
        assertThat(written).containsAll(returned);
    }

    private List<String> writeUntilKilled() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.US_ASCII)) {
            List<String> lines = new ArrayList<>();
            while (lines.size() < WRITTEN_BEFORE_THE_KILL) {
                String line = output.readLine();
                assertThat(line).as("the child ended by itself").isNotNull();
                lines.add(line);
            }
            // By its handle, since Process.destroyForcibly also closes the pipe that the last lines are still in.
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            output.lines().forEach(lines::add);
            return lines.stream()
                    .filter(line -> line.endsWith(END_OF_LINE))
                    .map(line -> line.substring(0, line.length() - END_OF_LINE.length()))
                    .toList();
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Writes records and prints the request id of each whose write has returned, until it is killed. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("InfiniteLoopStatement") // its parent kills it
        public static void main(String[] arguments) {
            AuditTrail sink = new Installation(Path.of(arguments[0])).start();
            for (long number = 0; ; number++) {
                sink.write(Events.success("request-" + number, "fact"));
                System.out.println("request-" + number + END_OF_LINE);
            }
        }
    }
}
