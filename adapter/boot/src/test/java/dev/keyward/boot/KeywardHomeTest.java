package dev.keyward.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeywardHomeTest {
    @TempDir
    private Path directory;

    @Test
    void aNewHomeIsPrivate() throws IOException {
        try (KeywardHome home = KeywardHome.hold(directory.resolve("a/b"))) {
            assertThat(mode(home.directory())).isEqualTo("rwx------");
            assertThat(mode(home.directory().resolve("keyward.pid"))).isEqualTo("rw-------");
        }
    }

    @Test
    void anEmptyDirectoryIsMadePrivateAndAFullOneIsRefused() throws IOException {
        Path open = Files.createDirectory(
                directory.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        KeywardHome.hold(open).close();
        assertThat(mode(open)).isEqualTo("rwx------");

        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> KeywardHome.hold(open))
                .withMessage("home directory " + open
                        + " is open to others (mode rwxr-x---): chmod 700 it, or name another");
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstLetsGo() throws Exception {
        Path place = directory.resolve("home");
        KeywardHome first = KeywardHome.hold(place);

        assertThat(KeywardHome.isHeld(place)).isTrue();
        assertThat(inAnotherProcess(place))
                .isEqualTo("another process (" + ProcessHandle.current().pid() + ") is running on "
                        + place.toRealPath() + ", and a home has one process; its pid file is "
                        + place.toRealPath().resolve("keyward.pid"));
        // A refusal in this process must not cost the lock, as closing a second channel would.
        assertThatExceptionOfType(StartException.class).isThrownBy(() -> KeywardHome.hold(place));
        assertThat(inAnotherProcess(place)).startsWith("another process");

        first.close();
        assertThat(KeywardHome.isHeld(place)).isFalse();
        assertThat(inAnotherProcess(place)).isEqualTo("held");
    }

    @Test
    void aHomeThatCannotBeIsRefusedInOneLine() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> KeywardHome.hold(file.resolve("home")))
                .withMessageStartingWith("home directory " + file.resolve("home") + " cannot be used: ");
        assertThat(KeywardHome.isHeld(directory.resolve("nowhere"))).isFalse();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String inAnotherProcess(Path place) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        place.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    /** Tries to hold a home, says how it went, and ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            try {
                KeywardHome.hold(Path.of(arguments[0])).close();
                System.out.println("held");
            } catch (StartException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
