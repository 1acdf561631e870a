package dev.keyward.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The options of a command that is a client of a running endpoint, and the client they make. */
final class KmsConnection {
    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:4599",
            description = "where the endpoint is (default: ${DEFAULT-VALUE})")
    private URI endpoint = URI.create("http://127.0.0.1:4599");

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "a shared credentials file, such as DIR/credentials"
                    + " (default: AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/credentials)")
    private @Nullable Path credentials;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "the profile in it (default: AWS_PROFILE, or keyward)")
    private @Nullable String profile;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "the Region to sign for (default: AWS_REGION, or the profile's, or us-east-1)")
    private @Nullable String region;

    /** The endpoint, for messages. */
    URI endpoint() {
        return endpoint;
    }

    /**
     * A client, which whoever asked closes.
     *
     * @throws CommandException if there are no such credentials
     */
    KmsClient connect(Map<String, String> environment) {
        if (!List.of("http", "https").contains(String.valueOf(endpoint.getScheme())) || endpoint.getHost() == null) {
            throw new CommandException("'" + endpoint + "' is no URL such as http://127.0.0.1:4599 (--endpoint-url)");
        }
        Path file = credentialsFile(environment);
        String name = profile != null ? profile : environment.getOrDefault("AWS_PROFILE", "keyward");
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException("credentials file " + file + " cannot be read (--credentials)");
        }
        ProfileFile profiles = read(file);
        Profile chosen = profiles.profile(name)
                .orElseThrow(() -> new CommandException(file + " has no profile " + name + " (--profile)"));
        AwsCredentialsProvider provider = ProfileCredentialsProvider.builder()
                .profileFile(profiles)
                .profileName(name)
                .build();
        requireAccessKey(provider, file, name);
        return KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(chosenRegion(environment, chosen)))
                .credentialsProvider(provider)
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static ProfileFile read(Path file) {
        try {
            return ProfileFile.builder()
                    .content(file)
                    .type(ProfileFile.Type.CREDENTIALS)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "credentials file " + file + " is not one: " + e.getMessage() + " (--credentials)", e);
        }
    }

    private static void requireAccessKey(AwsCredentialsProvider provider, Path file, String name) {
        try {
            var _ = provider.resolveCredentials();
        } catch (SdkClientException e) {
            throw new CommandException(file + " has no access key for profile " + name, e);
        }
    }

    private Path credentialsFile(Map<String, String> environment) {
        if (credentials != null) {
            return credentials;
        }
        String variable = environment.get("AWS_SHARED_CREDENTIALS_FILE");
        return variable != null ? Path.of(variable) : Path.of(System.getProperty("user.home"), ".aws", "credentials");
    }

    private String chosenRegion(Map<String, String> environment, Profile chosen) {
        if (region != null) {
            if (region.isBlank()) {
                throw new CommandException("--region is empty");
            }
            return region;
        }
        String variable = environment.getOrDefault("AWS_REGION", "");
        return variable.isBlank() ? chosen.property("region").orElse("us-east-1") : variable;
    }
}
