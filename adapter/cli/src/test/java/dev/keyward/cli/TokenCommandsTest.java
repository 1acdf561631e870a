package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keyward token init} and {@code keyward token probe}, on a SoftHSM token that the first has made. */
class TokenCommandsTest {
    @TempDir
    private static Path directory;

    private static Path home = Path.of("");
    private static CommandRun init = new CommandRun(-1, "", "");

    @BeforeAll
    static void makeAToken() {
        home = directory.resolve("a home/of mine");
        init = KeywardProcess.run("token", "init", "--home", home.toString());
    }

    @Test
    void initMakesAHomeThatIsItsOwnersAlone() throws IOException {
        assertThat(init.exitCode()).isZero();
        assertThat(init.err()).isEmpty();
        assertThat(init.out())
                .isEqualTo("a token is in " + home.resolve("token") + "; its PIN is in " + home.resolve("token-pin")
                        + "\nconfigured in " + home.resolve("keyward.yaml") + "\n");
        assertThat(home).isDirectoryContaining(path -> path.endsWith("token-so-pin"));
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void initShowsNoPin() throws IOException {
        for (String file : new String[] {"token-pin", "token-so-pin"}) {
            String pin = Files.readString(home.resolve(file));
            assertThat(pin).matches("[a-z0-9]{32}");
            assertThat(init.out() + init.err()).doesNotContain(pin);
        }
    }

    @Test
    void aSecondInitIsRefusedAndTouchesNothing() throws IOException {
        Map<Path, FileTime> before = changeTimes();

        CommandRun again = KeywardProcess.run("token", "init", "--home", home.toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.err())
                .startsWith("keyward token init: " + home.resolve("token-pin") + " is there already: ")
                .hasLineCount(1);
        assertThat(changeTimes()).isEqualTo(before);
    }

    private static Map<Path, FileTime> changeTimes() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                times.put(path, (FileTime) Files.getAttribute(path, "unix:ctime"));
            }
        }
        return times;
    }

    @Test
    void probeReportsOnTheConfiguredToken() {
        CommandRun probe = KeywardProcess.run("token", "probe", "--home", home.toString());

        assertThat(probe.exitCode()).isZero();
        assertThat(probe.err()).isEmpty();
        assertThat(probe.out().lines())
                .anyMatch(line -> line.matches("token +keyward"))
                .anyMatch(line -> line.matches("serial number +[0-9a-f]{16}"))
                .anyMatch(line -> line.matches("user PIN +set"))
                .anyMatch(line -> line.matches("library +/.*softhsm2\\.so"))
                .anyMatch(line -> line.matches("profile +softhsm2 \\(proven\\)"))
                .anyMatch(line -> line.matches("CKM_AES_GCM +16 to 32 +encrypt, decrypt.*"))
                .anyMatch(line -> line.matches("CKM_SHA256 +- +digest"))
                .anyMatch(line ->
                        line.matches("encrypt under derived subkeys +yes +CKM_AES_ECB_ENCRYPT_DATA, CKM_AES_GCM"))
                .anyMatch(line -> line.matches("import: unwrap OAEP with SHA-256 in the token +no +"
                        + "profile softhsm2 has no OAEP with SHA-256 in the token"))
                .endsWith("Not tried: logging in, and making or using a key.");
    }

    @Test
    void probeJudgesByTheProfileThatIsNamed() {
        CommandRun probe = KeywardProcess.run(
                softHsm(home), "token", "probe", "--profile", "luna", "--library", library(), "--label", "keyward");

        assertThat(probe.exitCode()).isZero();
        assertThat(probe.out().lines())
                .anyMatch(line -> line.matches(
                        "profile +luna \\(unproven: nobody has run it\\); it does not recognise this token"))
                .anyMatch(line -> line.matches("import: unpad OAEP on the host, after RSA in the token +no +"
                        + "profile luna does not let the host unpad"));
    }

    @Test
    void probeRecognisesTheTokensOfAnyLibrary() {
        CommandRun probe = KeywardProcess.run(softHsm(home), "token", "probe", "--library", library());

        assertThat(probe.exitCode()).isZero();
        assertThat(probe.out().lines())
                .filteredOn(line -> line.startsWith("token "))
                .as("the slot that is free is not initialised, and passed over")
                .singleElement()
                .satisfies(line -> assertThat(line).matches("token +keyward"));
        assertThat(probe.out().lines()).anyMatch(line -> line.matches("profile +softhsm2 \\(proven\\)"));
    }

    @Test
    void probeNamesTheTokensThereAreWhenNoneIsMeant() {
        CommandRun probe =
                KeywardProcess.run(softHsm(home), "token", "probe", "--library", library(), "--label", "other");

        assertThat(probe.exitCode()).isEqualTo(1);
        assertThat(probe.out()).isEmpty();
        assertThat(probe.err())
                .startsWith("keyward token probe: no token has label 'other'; there is: label 'keyward', serial number")
                .hasLineCount(1);
    }

    @Test
    void probeOfADirectoryWithoutATokenSaysSo() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        CommandRun unconfigured = KeywardProcess.run("token", "probe", "--home", empty.toString());
        CommandRun probe =
                KeywardProcess.run("token", "probe", "--profile", "softhsm2", "--directory", empty.toString());

        assertThat(unconfigured.exitCode()).isEqualTo(2);
        assertThat(unconfigured.err())
                .startsWith("keyward token probe: no token is configured: ")
                .hasLineCount(1);
        assertThat(probe.exitCode()).isEqualTo(1);
        assertThat(probe.out()).isEmpty();
        assertThat(probe.err())
                .startsWith("keyward token probe: no token can be asked: ")
                .hasLineCount(1);
        assertThat(empty).isEmptyDirectory();
    }

    /** What a SoftHSM library needs in its environment to find the token of a home. */
    private static Map<String, String> softHsm(Path home) {
        return Map.of("SOFTHSM2_CONF", home.resolve("token/softhsm2.conf").toString());
    }

    private static String library() {
        return Stream.of("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm")
                .map(place -> Path.of(place, "libsofthsm2.so"))
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
