package dev.keyward.endpoint;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, with the classes of this one. */
public final class JavaProcess {
    private static final long LONGEST_SECONDS = 120;

    private JavaProcess() {}

    /** How it ended and what it said. */
    public record Outcome(int exitCode, String out, String err) {}

    /**
     * Runs it to its end, which must come in time.
     *
     * @param directory for what it says
     * @param environment all of its environment variables
     */
    public static Outcome run(Path directory, Map<String, String> environment, String mainClass, String... arguments) {
        return run(directory, environment, System.getProperty("java.class.path"), mainClass, List.of(arguments));
    }

    /** The same, with a class path of its own. */
    public static Outcome run(
            Path directory,
            Map<String, String> environment,
            String classPath,
            String mainClass,
            List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            File out = directory.resolve("out").toFile();
            File err = directory.resolve("err").toFile();
            Process process = builder.redirectOutput(out).redirectError(err).start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + LONGEST_SECONDS + " s: " + command);
            }
            return new Outcome(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
