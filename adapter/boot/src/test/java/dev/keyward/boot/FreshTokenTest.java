package dev.keyward.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fresh token is made in {@code token-init} and then moved, part by part. Whatever point a making is cut short at, the
 * next one ends it.
 */
class FreshTokenTest {
    private static final List<String> PARTS = List.of("token-pin", "token-so-pin", "token", "keyward.yaml");

    @TempDir
    private static Path directory;

    private static Path home = Path.of("");

    /** In a home where an earlier making was cut short before its token was whole. */
    @BeforeAll
    static void makeWhereItWasBegun() throws IOException {
        home = directory.resolve("home");
        PrivateFiles.createDirectory(home.resolve("token-init/token/tokens"));
        Files.writeString(home.resolve("token-init/token-pin"), "of a token that never was");

        FreshToken.make(home, "mine");
    }

    @Test
    void whatWasBegunIsMadeAnew() throws IOException {
        assertThat(home.resolve("token-pin")).content().matches("[a-z0-9]{32}");
        assertThat(home.resolve("keyward.yaml")).content().contains("label: \"mine\"");
        assertThat(home.resolve("token/softhsm2.conf"))
                .content()
                .contains("directories.tokendir = " + home.resolve("token/tokens") + "\n");
        try (Stream<Path> tokens = Files.list(home.resolve("token/tokens"))) {
            assertThat(tokens).hasSize(1);
        }
        assertThat(home.resolve("token-init")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whatIsWholeIsMovedToItsEnd(int movedBefore) throws IOException {
        Map<Path, String> before = contents();
        Path workshop = Files.createDirectory(home.resolve("token-init"));
        for (String part : PARTS.subList(movedBefore, PARTS.size())) {
            Files.move(home.resolve(part), workshop.resolve(part));
        }

        FreshToken.make(home, "mine");

        assertThat(contents()).isEqualTo(before);
        assertThat(workshop).doesNotExist();
    }

    @Test
    void anotherLabelIsNotTakenForTheSame() throws IOException {
        Path workshop = Files.createDirectory(home.resolve("token-init"));
        Files.move(home.resolve("keyward.yaml"), workshop.resolve("keyward.yaml"));

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> FreshToken.make(home, "yours"))
                .withMessageContaining("another label");

        FreshToken.make(home, "mine");
    }

    @Test
    void whatIsInItsPlaceIsLeftThere() throws IOException {
        Map<Path, String> before = contents();

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> FreshToken.make(home, "mine"))
                .withMessageStartingWith(home.resolve("token-pin") + " is there already: ");

        assertThat(contents()).isEqualTo(before);
    }

    private static Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
