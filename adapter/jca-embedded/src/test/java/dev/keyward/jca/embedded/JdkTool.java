package dev.keyward.jca.embedded;

import dev.keyward.jca.KeywardProvider;
import dev.keyward.testkit.LocalKeyward;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool of the JDK, in a JVM of its own, that is told of the provider by its command line. */
final class JdkTool {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
    private static final long LONGEST_SECONDS = 120;

    private static final String CREDENTIALS = "credentials";

    private final Path directory;
    private final String configuration;
    private final List<String> options;

    /**
     * Tools whose provider is configured by a string.
     *
     * @param directory where the profile is found, and what they say
     * @param options for each tool
     */
    JdkTool(String configuration, Path directory, String... options) {
        this.directory = directory;
        this.configuration = configuration;
        this.options = List.of(options);
    }

    /**
     * Tools over HTTP, for somebody who may do everything there.
     *
     * @param directory where the profile and the certificates are kept
     */
    static JdkTool overHttp(LocalKeyward keyward, Path directory) throws IOException {
        Files.writeString(directory.resolve(CREDENTIALS), """
                [signer]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(
                        keyward.root().accessKeyId(), keyward.root().secretAccessKey()));
        return new JdkTool(
                keyward.endpoint() + "?profile=signer&region=us-east-1&certificates="
                        + directory.resolve("certificates"),
                directory);
    }

    /** Runs one with the provider and its key store; it must end well. Tells what it said. */
    String withKeys(String tool, String... arguments) throws IOException, InterruptedException {
        return withProvider(
                List.of("-providerClass", KeywardProvider.class.getName(), "-providerArg", configuration),
                tool,
                arguments);
    }

    /** Runs one with the key store of a provider that {@code java.security} names; it must end well. */
    String withRegisteredKeys(String tool, String... arguments) throws IOException, InterruptedException {
        int next = Security.getProviders().length + 1;
        Path properties = Files.writeString(
                directory.resolve("java.security"), "security.provider.%d=Keyward %s%n".formatted(next, configuration));
        return withProvider(List.of("-J-Djava.security.properties=" + properties), tool, arguments);
    }

    private String withProvider(List<String> provider, String tool, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        int afterTheCommand = tool.equals("keytool") ? 1 : 0;
        all.addAll(
                afterTheCommand,
                List.of(
                        "-J--class-path=" + System.getProperty("java.class.path"),
                        "-J--enable-native-access=ALL-UNNAMED",
                        "-keystore",
                        "NONE",
                        "-storetype",
                        "Keyward",
                        "-storepass",
                        "notused"));
        all.addAll(afterTheCommand, provider);
        all.addAll(afterTheCommand, options);
        return run(tool, all);
    }

    /** Runs a command of a shell, for which {@code JARS} is this class path; it must end well. Tells what it said. */
    String shell(String command) throws IOException, InterruptedException {
        return run(List.of("/bin/bash", "-c", command));
    }

    /** Runs one as it is; it must end well. Tells what it said. */
    String run(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(JDK.resolve(tool).toString());
        command.addAll(arguments);
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        File said = directory.resolve("said").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        builder.environment()
                .put(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        directory.resolve(CREDENTIALS).toString());
        builder.environment().put("JARS", System.getProperty("java.class.path"));
        builder.environment().merge("PATH", JDK.toString(), (path, jdk) -> jdk + File.pathSeparator + path);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + LONGEST_SECONDS + " s: " + command);
        }
        String output = Files.readString(said.toPath());
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
