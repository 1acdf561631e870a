package dev.keyward.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code keyward} as a process of its own: a SoftHSM library reads its configuration once in a process, and only a process
 * can be sent a signal. Used by one thread.
 */
final class KeywardProcess implements AutoCloseable {
    /** How long anything may take before the test gives up; nothing is expected to take so long. */
    private static final long PATIENCE_SECONDS = 120;

    private static final String END = "\0end of output";

    private final Process process;
    private final BlockingQueue<String> outLines = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    private KeywardProcess(Process process) {
        this.process = process;
        this.out = reading(process.getInputStream(), outLines);
        this.err = reading(process.getErrorStream(), null);
    }

    /** Runs a command to its end, without any variable of ours. */
    static CommandRun run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs a command to its end, with these variables. */
    static CommandRun run(Map<String, String> environment, String... arguments) {
        return runIn(Path.of("").toAbsolutePath(), environment, arguments);
    }

    /** Runs a command to its end, in a working directory. */
    static CommandRun runIn(Path workingDirectory, Map<String, String> environment, String... arguments) {
        try (KeywardProcess process = start(workingDirectory, environment, arguments)) {
            return process.end();
        }
    }

    /** Starts a command, with these variables. */
    static KeywardProcess start(Map<String, String> environment, String... arguments) {
        return start(Path.of("").toAbsolutePath(), environment, arguments);
    }

    private static KeywardProcess start(Path workingDirectory, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(KEYWARD|AWS|SOFTHSM2)_.*"));
        builder.environment().putAll(environment);
        try {
            return new KeywardProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of standard output from now on that begins so, without that beginning. */
    String awaitLine(String beginning) {
        String line;
        do {
            line = nextLine(beginning);
        } while (!line.startsWith(beginning));
        return line.substring(beginning.length());
    }

    private String nextLine(String awaited) {
        try {
            String line = outLines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError(
                        "no line '" + awaited + "'; standard error: " + (line == null ? "" : err.join()));
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends SIGTERM, through the handle: the process's own method would close its output, too. */
    void terminate() {
        if (!process.toHandle().destroy()) {
            throw new AssertionError("it takes no signal");
        }
    }

    /** Waits until it has ended, and says how. */
    CommandRun end() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end");
            }
            return new CommandRun(process.exitValue(), out.join(), err.join());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Its id. */
    long pid() {
        return process.pid();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static CompletableFuture<String> reading(InputStream stream, @Nullable BlockingQueue<String> lines) {
        CompletableFuture<String> everything = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            StringBuilder text = new StringBuilder();
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    text.append(line).append('\n');
                    if (lines != null) {
                        lines.add(line);
                    }
                }
                everything.complete(text.toString());
            } catch (IOException e) {
                everything.completeExceptionally(e);
            } finally {
                if (lines != null) {
                    lines.add(END);
                }
            }
        });
        return everything;
    }
}
