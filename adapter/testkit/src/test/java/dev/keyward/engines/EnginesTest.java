package dev.keyward.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.endpoint.JavaProcess;
import dev.keyward.endpoint.JavaProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One home, whose token does not derive, so that both engines encrypt in the direct form: what is made with one engine is used
 * with the other, both ways, and by a JVM that has neither.
 */
class EnginesTest {
    private static final String KEYWARD = "keyward";
    private static final String SUNPKCS11 = "sunpkcs11";

    @TempDir
    private Path directory;

    private Path notes = Path.of("");

    @BeforeEach
    void makeAToken() throws IOException {
        notes = Files.createFile(directory.resolve("notes.properties"));
        Path profiles = Files.createDirectory(directory.resolve("profiles"));
        String profile = Files.readString(Path.of("../../hsm-config/softhsm2.yaml"));
        Files.writeString(
                profiles.resolve("softhsm2.yaml"), profile.replace("derivation: ecb-encrypt-data", "derivation: none"));
        command(KEYWARD, "token", "init", "--home", home().toString());
    }

    @Test
    void whatOneMakesTheOtherUses() throws IOException {
        run(KEYWARD, "first");
        assertThat(command(KEYWARD, "token", "add-certificates").lines())
                .as("two pairs that sign and one that agrees")
                .hasSize(3)
                .allMatch(label -> label.startsWith("keyward:"));
        assertThat(command(KEYWARD, "token", "add-certificates")).isEmpty();
        run(SUNPKCS11, "second");
        run(KEYWARD, "third");
        command(KEYWARD, "token", "add-certificates");

        assertThat(plain("first", "second", "third")).hasSize(3 * 5);
        assertThat(command(SUNPKCS11, "doctor")).contains("service keys");
    }

    @Test
    void aKeyPairWithoutACertificateIsNotThereForSunPkcs11() throws IOException {
        run(KEYWARD, "first");

        Outcome outcome = JavaProcess.run(
                directory, environment(SUNPKCS11), EngineProgram.class.getName(), notes.toString(), "second");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Verify");
    }

    @Test
    void aHomeWhoseTokenDerivesIsForKeywardsBindingAlone() throws IOException {
        Path profile = directory.resolve("profiles/softhsm2.yaml");
        Files.copy(Path.of("../../hsm-config/softhsm2.yaml"), profile, StandardCopyOption.REPLACE_EXISTING);
        run(KEYWARD, "first");

        Outcome outcome = JavaProcess.run(
                directory, environment(SUNPKCS11), EngineProgram.class.getName(), notes.toString(), "second");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("StartException", "SunPKCS11 derives no keys");
    }

    /** What a JVM did that has the classes of this module's tests, uses none of them but one, and has no other. */
    private List<String> plain(String... makers) throws IOException {
        Path file = directory.resolve("keyward.cfg");
        String text = command(KEYWARD, "token", "sunpkcs11-config");
        assertThat(text).doesNotContain(Files.readString(home().resolve("token-pin")));
        Files.writeString(file, text);
        Path classes = Path.of(PlainProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Outcome outcome = JavaProcess.run(
                directory,
                Map.of("SOFTHSM2_CONF", home().resolve("token/softhsm2.conf").toString()),
                classes.toString(),
                PlainProgram.class.getName(),
                Stream.concat(
                                Stream.of(file, home().resolve("token-pin"), notes)
                                        .map(Path::toString),
                                Stream.of(makers))
                        .toList());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out().lines().toList();
    }

    private void run(String engine, String maker) {
        Outcome outcome =
                JavaProcess.run(directory, environment(engine), EngineProgram.class.getName(), notes.toString(), maker);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    private String command(String engine, String... words) {
        Outcome outcome = JavaProcess.run(directory, environment(engine), "dev.keyward.cli.Main", words);
        assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isZero();
        return outcome.out();
    }

    private Map<String, String> environment(String engine) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYWARD_HOME", home().toString());
        environment.put("KEYWARD_TOKEN_PROFILES", directory.resolve("profiles").toString());
        environment.put("KEYWARD_TOKEN_ENGINE", engine);
        return environment;
    }

    private Path home() {
        return directory.resolve("home");
    }
}
