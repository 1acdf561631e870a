package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

/** {@code keyward doctor} on a home whose server has stopped, sound and broken in several ways. */
class DoctorCommandTest {
    @TempDir
    private static Path directory;

    private static Path home = Path.of("");
    private static Path earlierDatabase = Path.of("");
    private static Path laterDatabase = Path.of("");
    private static Path objectOfTheKey = Path.of("");
    private static String key = "";

    /** Two runs: the key that the second one makes is in no database of the first. */
    @BeforeAll
    static void fillAHome() throws IOException {
        home = RunningKeyward.freshHome(directory.resolve("home"));
        RunningKeyward first = RunningKeyward.start(home);
        assertThat(first.stop().exitCode()).isZero();
        earlierDatabase = Files.copy(home.resolve("keyward.db"), directory.resolve("earlier.db"));
        Set<Path> before = objects();
        try (RunningKeyward second = RunningKeyward.start(home);
                KmsClient kms = second.client()) {
            key = kms.createKey().keyMetadata().keyId();
            assertThat(second.stop().exitCode()).isZero();
        }
        laterDatabase = Files.copy(home.resolve("keyward.db"), directory.resolve("later.db"));
        Set<Path> made = new HashSet<>(objects());
        made.removeAll(before);
        assertThat(made).hasSize(1);
        objectOfTheKey = made.iterator().next();
    }

    private static Set<Path> objects() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("token/tokens"))) {
            return files.filter(file -> file.toString().endsWith(".object")).collect(Collectors.toSet());
        }
    }

    @BeforeEach
    void putTheDatabaseBack() throws IOException {
        use(laterDatabase);
    }

    private static void use(Path database) throws IOException {
        Files.copy(database, home.resolve("keyward.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(home.resolve("keyward.db-wal"));
        Files.deleteIfExists(home.resolve("keyward.db-shm"));
    }

    @Test
    void findsASoundHomeGoodAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(home.resolve("keyward.db"));

        CommandRun run = doctor();

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().skip(1))
                .allMatch(line -> line.matches(".* (good|note) .*"))
                .anyMatch(line -> line.matches("database +good +.*"))
                .anyMatch(line -> line.matches("seals +good +every row .*"))
                .anyMatch(line -> line.matches("rows +good +\\d+ rows have their object in the token"))
                .anyMatch(line -> line.matches("objects +good +every object of this installation has its row"));
        assertThat(home.resolve("keyward.db")).hasBinaryContent(before);
    }

    @Test
    void findsThatADatabaseIsOlderAndReportsAnObjectWithoutARowAndLeavesIt() throws IOException {
        use(earlierDatabase);
        Set<Path> before = objects();

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("seals +FAULT +the rows are those of an earlier time: .*"))
                .anyMatch(line ->
                        line.matches("objects +note +keyward:[0-9a-f]+:" + key + ":[0-9a-f]+ has no row here; .*"));
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void findsARowWithoutItsObject() throws IOException {
        Path aside = directory.resolve("aside");
        Files.move(objectOfTheKey, aside);
        try {
            CommandRun run = doctor();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out().lines())
                    .anyMatch(line -> line.matches("rows +FAULT +.*" + key + ".* is not in the token: .*"));
        } finally {
            Files.move(aside, objectOfTheKey);
        }
    }

    @Test
    void namesTheRowThatSomebodyElseHasChanged() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("keyward.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("UPDATE keys SET enabled = NOT enabled");
        }

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("seals +FAULT +row " + key + " of keys is not as Keyward wrote it: .*"))
                .anyMatch(line -> line.matches("rows +not checked +.*"));
    }

    @Test
    void findsADatabaseThatIsNone() throws IOException {
        Files.writeString(home.resolve("keyward.db"), "Dear diary, ".repeat(1_000));

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).anyMatch(line -> line.matches("database +FAULT +the database .*"));
        assertThat(home.resolve("keyward.db")).hasContent("Dear diary, ".repeat(1_000));
    }

    @Test
    void findsAWrongPinWithoutTryingItTwice() throws IOException {
        Path pinFile = home.resolve("token-pin");
        String pin = Files.readString(pinFile);
        Files.writeString(pinFile, "wrong");
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            CommandRun run = doctor();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out().lines())
                    .anyMatch(line -> line.matches("PIN file +FAULT +.* is open to others \\(rw-r--r--\\): .*"))
                    .filteredOn(line -> line.contains("CKR_PIN_INCORRECT"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).matches("token +FAULT +token main cannot be used: .*"));
            assertThat(run.out() + run.err()).doesNotContain("wrong");
        } finally {
            Files.writeString(pinFile, pin);
            Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static CommandRun doctor() {
        return KeywardProcess.run("doctor", "--home", home.toString());
    }
}
