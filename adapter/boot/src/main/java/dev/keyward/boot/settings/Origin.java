package dev.keyward.boot.settings;

import java.nio.file.Path;

/**
 * Where a value was given.
 *
 * @param description as a person would name it, for instance {@code keyward.yaml line 3}
 * @param baseDirectory what relative paths in the value are relative to
 */
public record Origin(String description, Path baseDirectory) {
    /** A line of a file; paths in it are relative to the file's directory. */
    public static Origin line(Path file, int number) {
        Path directory = file.toAbsolutePath().getParent();
        return new Origin(file + " line " + number, directory == null ? file.toAbsolutePath() : directory);
    }

    /** A variable of the environment; paths in it are relative to the working directory. */
    public static Origin environment(String variable) {
        return new Origin("environment variable " + variable, workingDirectory());
    }

    /** An option of the command line; paths in it are relative to the working directory. */
    public static Origin option(String name) {
        return new Origin("option " + name, workingDirectory());
    }

    /** The table of settings itself; paths in it are relative to the working directory. */
    public static Origin fallback() {
        return new Origin("default", workingDirectory());
    }

    private static Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }
}
