package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwarderTest {
    @TempDir
    private Path home;

    private Installation installation = new Installation(Path.of(""));
    private final Elsewhere elsewhere = new Elsewhere();

    @BeforeEach
    void openHome() {
        installation = new Installation(home);
    }

    private void forward() {
        new Forwarder(installation.directory(), elsewhere).forward();
    }

    @Test
    void everyRecordOfEveryFileIsSentOnceInItsOrder() throws Exception {
        try (AuditTrail trail = installation.start()) {
            Installation.write(trail, 300);
            forward();
            Installation.write(trail, 1);
            installation.clock.move(Duration.ofDays(1));
            trail.keepHouse();
            Installation.write(trail, 1);
        }
        installation.run(1);
        forward();
        forward();

        assertThat(elsewhere.taken).isEqualTo(installation.lines());
    }

    @Test
    void whatWasNotTakenIsSentAgain() throws Exception {
        installation.run(3);
        elsewhere.down = true;
        forward();
        assertThat(elsewhere.taken).isEmpty();
        elsewhere.down = false;
        forward();

        assertThat(elsewhere.taken).isEqualTo(installation.lines());
    }

    @Test
    void halfALineIsNeverSent() throws Exception {
        installation.runAndDie(1);
        Path file = installation.files().getFirst();
        List<String> whole = installation.lines();
        Files.writeString(file, "{\"eventVersion\":", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        forward();
        installation.run(0);
        forward();

        List<String> expected = new ArrayList<>(whole);
        expected.addAll(Files.readAllLines(installation.files().getLast()));
        assertThat(elsewhere.taken).isEqualTo(expected);
    }

    @Test
    void filesThatWereArchivedAreNotMissed() throws Exception {
        installation.run(1);
        forward();
        Files.delete(installation.files().getFirst());
        installation.run(1);
        forward();

        assertThat(elsewhere.taken).hasSize(6).endsWith(installation.lines().toArray(String[]::new));
    }

    /** Another place, which may be down. */
    private static final class Elsewhere implements ForwardTarget {
        private final List<String> taken = new ArrayList<>();
        private boolean down;

        @Override
        public void send(List<byte[]> lines) throws IOException {
            if (down) {
                throw new IOException("down");
            }
            lines.forEach(line -> taken.add(new String(line, StandardCharsets.US_ASCII)));
        }

        @Override
        public void close() {}
    }
}
