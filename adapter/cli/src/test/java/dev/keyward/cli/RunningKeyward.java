package dev.keyward.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** {@code keyward serve} in a process of its own, on a free port, once it is ready. Used by one thread. */
final class RunningKeyward implements AutoCloseable {
    private final Path home;
    private final KeywardProcess process;
    private final URI endpoint;

    private RunningKeyward(Path home, KeywardProcess process) {
        this.home = home;
        this.process = process;
        this.endpoint = URI.create(process.awaitLine("keyward is ready: "));
    }

    /** Makes a home with a fresh token in it. */
    static Path freshHome(Path home) {
        CommandRun init = KeywardProcess.run("token", "init", "--home", home.toString());
        if (init.exitCode() != 0) {
            throw new AssertionError(init.err());
        }
        return home;
    }

    /** Serves a home. */
    static RunningKeyward start(Path home, String... options) {
        return start(home, Map.of(), options);
    }

    /** Serves a home, with these variables. */
    static RunningKeyward start(Path home, Map<String, String> environment, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--home", home.toString()));
        arguments.addAll(List.of(options));
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putIfAbsent("KEYWARD_LISTEN_PORT", "0");
        KeywardProcess process = KeywardProcess.start(variables, arguments.toArray(String[]::new));
        boolean ready = false;
        try {
            RunningKeyward running = new RunningKeyward(home, process);
            ready = true;
            return running;
        } finally {
            if (!ready) {
                process.close();
            }
        }
    }

    /** What it said it serves on. */
    URI endpoint() {
        return endpoint;
    }

    /** The process. */
    KeywardProcess process() {
        return process;
    }

    /** The file with the root identity's profile. */
    Path credentials() {
        return home.resolve("credentials");
    }

    /** A client that signs as the root identity; whoever asked closes it. */
    KmsClient client() {
        return client(credentialsProvider(), UrlConnectionHttpClient.builder());
    }

    /** A client that signs as a profile of another file; whoever asked closes it. */
    KmsClient client(Path credentials, String profile) {
        return client(provider(credentials, profile), UrlConnectionHttpClient.builder());
    }

    /** A client that trusts only these certificates. */
    KmsClient client(TlsTrustManagersProvider trust) {
        return client(credentialsProvider(), UrlConnectionHttpClient.builder().tlsTrustManagersProvider(trust));
    }

    private KmsClient client(AwsCredentialsProvider credentials, UrlConnectionHttpClient.Builder http) {
        return KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(http)
                .build();
    }

    /** The root identity's credentials. */
    ProfileCredentialsProvider credentialsProvider() {
        return provider(credentials(), "keyward");
    }

    private static ProfileCredentialsProvider provider(Path file, String profile) {
        return ProfileCredentialsProvider.builder()
                .profileFile(ProfileFile.builder()
                        .content(file)
                        .type(ProfileFile.Type.CREDENTIALS)
                        .build())
                .profileName(profile)
                .build();
    }

    /** Sends SIGTERM and waits for the end. */
    CommandRun stop() {
        process.terminate();
        return process.end();
    }

    /** Kills it where it stands: it has no chance to do anything more. */
    void kill() {
        process.close();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
