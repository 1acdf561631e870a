package dev.keyward.testkit;

import dev.keyward.boot.IdentityFile;
import dev.keyward.boot.Keyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.RootIdentity;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.identity.IdentityAdministration;
import dev.keyward.identity.NewAccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Keyward in this JVM, as it is in production but for three things: its token is a fresh SoftHSM token, its home is a
 * directory that goes with it, and its clock can be moved. It serves on a free port of loopback, and whoever uses it does
 * so over HTTP with signed requests.
 *
 * <pre>{@code
 * try (LocalKeyward keyward = LocalKeyward.start()) {
 *     KmsClient kms = keyward.kms();
 *     String key = kms.createKey().keyMetadata().keyId();
 *     kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(7));
 *     keyward.advance(Duration.ofDays(8)); // the key is gone
 * }
 * }</pre>
 *
 * <p>It can be used by many threads at once, except that {@link #stop}, {@link #restart} and {@link #close} are for one of them while the
 * others wait. SoftHSM2 must be installed.
 */
public final class LocalKeyward implements AutoCloseable {
    private static final String ANY_PORT = "0";
    private static final String OPERATOR = "test";

    private final ShiftedClock clock = new ShiftedClock();
    private final Path home = Directories.temporary("keyward-home");
    private final List<KmsClient> clients = new ArrayList<>();
    private final Map<String, String> environment;
    private final List<Region> regions;
    private final Identity root;
    private Keyward running;

    private LocalKeyward(Builder builder) {
        SoftHsmToken token = SoftHsmToken.fresh();
        regions = List.copyOf(builder.regions);
        root = Identity.root(builder.account);
        environment = new HashMap<>(builder.environment);
        environment.put("KEYWARD_HOME", home.toString());
        environment.put("KEYWARD_LISTEN_PORT", ANY_PORT);
        environment.put("KEYWARD_REGIONS", regions.stream().map(Region::id).collect(Collectors.joining(",")));
        environment.put("KEYWARD_TOKEN_PROFILE", SoftHsmToken.PROFILE);
        environment.put("KEYWARD_TOKEN_DIRECTORY", token.directory().toString());
        environment.put("KEYWARD_TOKEN_LABEL", token.label());
        environment.put("KEYWARD_TOKEN_PIN_FILE", pinFile(token).toString());
        environment.put(RootIdentity.ACCESS_KEY_ID_VARIABLE, root.accessKeyId());
        environment.put(RootIdentity.SECRET_ACCESS_KEY_VARIABLE, root.secretAccessKey());
        environment.put(RootIdentity.ACCOUNT_ID_VARIABLE, root.account());
        running = open();
        builder.identityFiles.forEach(this::applyIdentities);
        environment.put("KEYWARD_LISTEN_PORT", String.valueOf(running.endpoint().getPort()));
    }

    /** Starts one with a root identity in one account, and one Region. */
    public static LocalKeyward start() {
        return builder().start();
    }

    /** Starts one in other circumstances. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a {@link LocalKeyward} starts with. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Identity> identities = new ArrayList<>();
        private final List<String> identityFiles = new ArrayList<>();
        private List<Region> regions = List.of(Region.US_EAST_1);
        private String account = "111122223333";

        private Builder() {}

        /** The account of the root identity, twelve digits; 111122223333 if not given. */
        public Builder account(String number) {
            account = number;
            return this;
        }

        /** The Regions that are served, the first of which {@link LocalKeyward#kms()} signs for. */
        public Builder regions(Region first, Region... others) {
            regions = new ArrayList<>(List.of(others));
            regions.addFirst(first);
            return this;
        }

        /** One more who may sign: it may do everything in its account that key policies leave to the account. */
        public Builder identity(Identity identity) {
            identities.add(identity);
            return this;
        }

        /**
         * Users with policies, and roles, as {@code keyward identity apply} reads them. {@link LocalKeyward#signIn} gives
         * a user an access key.
         */
        public Builder identities(String yaml) {
            identityFiles.add(yaml);
            return this;
        }

        /**
         * Any other setting, as its environment variable.
         *
         * @param variable for instance {@code KEYWARD_LIMITS_BODY_BYTES}; {@code keyward settings} lists them
         */
        public Builder setting(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /**
         * Starts it.
         *
         * @throws RuntimeException if SoftHSM is not installed, or a setting is wrong
         */
        public LocalKeyward start() {
            if (!identities.isEmpty()) {
                environment.put(
                        "KEYWARD_ACCESS_KEYS",
                        identities.stream().map(this::accessKey).collect(Collectors.joining(", ", "[", "]")));
            }
            return new LocalKeyward(this);
        }

        private String accessKey(Identity identity) {
            String variable = "TEST_SECRET_" + identity.accessKeyId();
            environment.put(variable, identity.secretAccessKey());
            return "{accessKeyId: %s, account: '%s', principal: '%s', secret: {environment: %s}}"
                    .formatted(identity.accessKeyId(), identity.account(), identity.principalArn(), variable);
        }
    }

    /** Makes users and roles as {@code keyward identity apply} does; their next requests go by it. */
    public void applyIdentities(String yaml) {
        IdentityFile file = IdentityFile.read(Path.of("identities.yaml"), yaml);
        running.identities().apply(OPERATOR, file.identities(), Set.of(), false);
    }

    /** One more access key for a user of an account. */
    public Identity signIn(String account, String user) {
        IdentityRecord found = running.identities().find(new AccountId(account), IdentityRecord.Kind.USER, user);
        NewAccessKey accessKey = running.identities().createAccessKey(OPERATOR, found);
        return new Identity(accessKey.id(), accessKey.secret(), account, found.arn());
    }

    /** What changes users, roles and access keys there. */
    public IdentityAdministration identities() {
        return running.identities();
    }

    /** Where it serves; the same after a restart. */
    public URI endpoint() {
        return running.endpoint();
    }

    /** Its first identity, which may do everything in its account. */
    public Identity root() {
        return root;
    }

    /** Its home directory, which goes when it is closed. */
    public Path home() {
        return home;
    }

    /** A client that signs as the root identity for the first Region. It is closed with this. */
    public KmsClient kms() {
        return kms(root);
    }

    /** A client that signs as somebody else for the first Region. It is closed with this. */
    public KmsClient kms(Identity identity) {
        return kms(identity, regions.getFirst());
    }

    /** A client that signs as somebody for a Region. It is closed with this. */
    public KmsClient kms(Identity identity, Region region) {
        KmsClient client = KmsClient.builder()
                .endpointOverride(endpoint())
                .region(region)
                .credentialsProvider(identity.credentials())
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }

    /** A client in this process, without HTTP, for a user or a root user by ARN. It is of no use after {@link #restart}. */
    public KmsClient inProcessKms(String principalArn) {
        return running.kmsClient(principalArn);
    }

    /** Its settings as environment variables, for a command that works on its home. Whoever has them may do everything. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /**
     * Writes a configuration file for a program that opens its home itself, once this has been stopped: home, Regions and
     * token. Whoever can read it may do everything.
     */
    public Path writeConfiguration(Path file) {
        try {
            return Files.writeString(file, """
                    home: %s
                    regions: [%s]
                    token:
                      profile: %s
                      directory: %s
                      label: %s
                      pin:
                        file: %s
                    """.formatted(Stream.of(
                            "HOME", "REGIONS", "TOKEN_PROFILE", "TOKEN_DIRECTORY", "TOKEN_LABEL", "TOKEN_PIN_FILE")
                    .map(name -> environment.get("KEYWARD_" + name))
                    .toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What time it is there. */
    public Instant now() {
        return clock.instant();
    }

    /** Lets time pass there, and the background work be done that has become due. */
    public void advance(Duration duration) {
        advanceClockOnly(duration);
        running.maintain();
    }

    /** Lets time pass there before any background work is done. */
    public void advanceClockOnly(Duration duration) {
        clock.advance(duration);
    }

    /** Stops it. Its home stays as it is, and it can be restarted. */
    public void stop() {
        running.close();
    }

    /** Stops it, if that has not been done, and starts it again on the same home, token and port. Clients can be used on. */
    public void restart() {
        stop();
        running = open();
    }

    /** Stops it, closes its clients and deletes its home. */
    @Override
    public void close() {
        synchronized (clients) {
            clients.forEach(KmsClient::close);
            clients.clear();
        }
        stop();
        Directories.delete(home);
    }

    private Path pinFile(SoftHsmToken token) {
        try {
            return Files.writeString(home.resolve("token-pin"), token.pin());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Keyward open() {
        return Keyward.open(
                KeywardConfiguration.load(Map.of(), environment, null),
                RootIdentity.from(environment, false),
                environment,
                clock);
    }
}
