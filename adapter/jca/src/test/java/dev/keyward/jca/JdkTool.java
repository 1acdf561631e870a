package dev.keyward.jca;

import dev.keyward.testkit.LocalKeyward;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool of the JDK, in a JVM of its own, that is told of the provider by its command line: an endpoint and a profile. */
final class JdkTool {
    private static final long LONGEST_SECONDS = 120;

    private final Path directory;
    private final String configuration;
    private final Path credentials;

    /**
     * Tools for somebody who may do everything there.
     *
     * @param directory where the profile and the certificates are kept
     */
    JdkTool(LocalKeyward keyward, Path directory) throws IOException {
        this.directory = directory;
        configuration = keyward.endpoint() + "?profile=tools&region=us-east-1&certificates="
                + directory.resolve("certificates");
        credentials = Files.writeString(directory.resolve("credentials"), """
                [tools]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(
                        keyward.root().accessKeyId(), keyward.root().secretAccessKey()));
    }

    /** Runs one with the provider and its key store; it must end well. Tells what it said. */
    String withKeys(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        int afterTheCommand = tool.equals("keytool") ? 1 : 0;
        all.addAll(
                afterTheCommand,
                List.of(
                        "-J--class-path=" + System.getProperty("java.class.path"),
                        "-providerClass",
                        KeywardProvider.class.getName(),
                        "-providerArg",
                        configuration,
                        "-keystore",
                        "NONE",
                        "-storetype",
                        "Keyward",
                        "-storepass",
                        "notused"));
        return run(tool, all);
    }

    /** Runs one as it is; it must end well. Tells what it said. */
    String run(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        File said = directory.resolve("said").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + LONGEST_SECONDS + " s: " + tool + " " + arguments.getFirst());
        }
        String output = Files.readString(said.toPath());
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    tool + " " + arguments.getFirst() + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
