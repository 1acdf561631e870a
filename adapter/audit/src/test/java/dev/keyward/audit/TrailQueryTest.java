package dev.keyward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailQueryTest {
    private static final String KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

    @TempDir
    private Path home;

    private Installation installation = new Installation(Path.of(""));

    @BeforeEach
    void writeATrail() {
        installation = new Installation(home);
        try (AuditTrail trail = installation.start()) {
            trail.write(Events.success("a-call", "fact"));
            trail.write(Events.hostile("text"));
            trail.write(Events.ofTheService(AuditEvent.Phase.INTENT));
            trail.write(Events.ofTheService(AuditEvent.Phase.OUTCOME));
        }
    }

    private List<TrailQuery.Found> found(TrailQuery query) {
        List<TrailQuery.Found> found = new ArrayList<>();
        assertThat(query.run(List.of(installation.directory()), found::add)).isZero();
        return found;
    }

    @Test
    void withoutAFilterEveryEventIsFoundInItsOrder() {
        assertThat(found(new TrailQuery(null, null, null, null, null)))
                .extracting(TrailQuery.Found::operation, TrailQuery.Found::outcome, TrailQuery.Found::requestId)
                .map(tuple -> String.join(
                        " ", tuple.toList().stream().map(String::valueOf).toList()))
                .containsExactly(
                        "Encrypt ok a-call", "text ValidationException text", "DeleteKey INTENT -", "DeleteKey ok -");
    }

    @ParameterizedTest
    @CsvSource({
        "key,       " + KEY_ID + ",                                               3",
        "key,       arn:aws:kms:us-east-1:111122223333:key/" + KEY_ID + ",         3",
        "key,       key/" + KEY_ID + ",                                           3",
        "key,       1234abcd,                                                     0",
        "principal, anna,                                                         1",
        "principal, arn:aws:iam::111122223333:user/team/anna,                     1",
        "principal, AKIAEXAMPLE,                                                  1",
        "principal, nna,                                                          0",
        "operation, encrypt,                                                      1",
        "operation, DeleteKey,                                                    2",
        "since,     2026-02-03T04:05:06.789Z,                                     3",
        "since,     2026-02-03T04:05:06.790Z,                                     0",
        "until,     2026-02-03T04:05:06.789Z,                                     1",
        "until,     2026-02-03T04:05:06.790Z,                                     4",
    })
    void aFilterKeepsWhatItNames(String filter, String value, int expected) {
        assertThat(found(new TrailQuery(
                        only("key", filter, value),
                        only("principal", filter, value),
                        only("operation", filter, value),
                        instant(only("since", filter, value)),
                        instant(only("until", filter, value)))))
                .hasSize(expected);
    }

    private static @Nullable String only(String name, String filter, String value) {
        return name.equals(filter) ? value : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    @Test
    void linesThatAreNoEventsAreCounted() throws Exception {
        Files.writeString(
                installation.files().getFirst(),
                "no event\n{}\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.APPEND);

        long unreadable = new TrailQuery(null, null, null, null, null)
                .run(
                        List.of(installation.directory()),
                        found -> assertThat(found.line()).isNotEmpty());

        assertThat(unreadable).isEqualTo(2);
    }
}
