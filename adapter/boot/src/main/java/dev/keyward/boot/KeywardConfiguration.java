package dev.keyward.boot;

import dev.keyward.audit.TrailSettings;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Setting;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.Region;
import dev.keyward.identity.sts.IdentityProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked. It holds names of files and variables that hold secrets, never a secret itself.
 * Immutable and thread-safe.
 *
 * @param home the directory that holds the database, the audit trail and the first identity's credentials
 * @param listen where the endpoint is served
 * @param regions the Regions that are served, the first of which the first identity's profile names
 * @param token which token holds the keys
 * @param maintenanceInterval how often background work is looked for
 * @param audit how the audit trail is kept
 * @param limits what the endpoint bears
 * @param accessKeys further identities
 * @param identityProviders whose identity tokens are believed
 */
public record KeywardConfiguration(
        Path home,
        Listen listen,
        List<Region> regions,
        TokenSettings token,
        Duration maintenanceInterval,
        Audit audit,
        Limits limits,
        List<AccessKey> accessKeys,
        List<IdentityProvider> identityProviders) {

    /** The name of the configuration file that is read from the home directory if no other is named. */
    public static final String FILE_NAME = "keyward.yaml";

    /**
     * Where the endpoint is served.
     *
     * @param address a host name or address of this machine
     * @param port 0 for any free one
     * @param allowInsecureHttp whether plain HTTP may be served beyond loopback
     * @param tls null for plain HTTP
     */
    public record Listen(
            String address,
            int port,
            boolean allowInsecureHttp,
            @Nullable Tls tls) {}

    /** The certificate chain of the endpoint, with its key. */
    public sealed interface Tls {
        /** PEM files: the chain, and the key as unencrypted PKCS#8. */
        record PemFiles(Path certificate, Path key) implements Tls {}

        /** A PKCS#12 or JKS file. */
        record KeystoreFile(Path keystore, SecretSource password) implements Tls {}
    }

    /**
     * Which token holds the keys, and how it is reached.
     *
     * @param name what references in the store call it; never to be changed afterwards
     * @param engine what calls it
     * @param library the PKCS#11 library; null for where the profile says it usually lies
     * @param profile the name of a profile
     * @param profiles a directory of profiles, null for those that Keyward brings
     * @param label the token's label, null for any
     * @param serialNumber the token's serial number, null for any
     * @param model the token's model, null for any
     * @param pin where the user PIN is read from, at every login
     * @param environment variables the library reads, set in this process before it is loaded
     * @param sessions how many sessions are opened at most; null for what the profile says
     * @param directory the token's own directory, for tokens that are files; null for none
     */
    public record TokenSettings(
            String name,
            Engine engine,
            @Nullable Path library,
            String profile,
            @Nullable Path profiles,
            @Nullable String label,
            @Nullable String serialNumber,
            @Nullable String model,
            SecretSource pin,
            Map<String, String> environment,
            @Nullable Integer sessions,
            @Nullable Path directory) {}

    /** What calls a token. */
    public enum Engine {
        /** Keyward's own binding of PKCS#11. */
        KEYWARD,
        /** The JDK's provider SunPKCS11. */
        SUNPKCS11
    }

    /**
     * How the audit trail is kept.
     *
     * @param trail files, syncs and checkpoints
     * @param forward where it is forwarded to; null for nowhere
     */
    public record Audit(TrailSettings trail, @Nullable Forward forward) {}

    /**
     * Where the audit trail is forwarded to.
     *
     * @param url over HTTP or to syslog
     * @param authorization where the value of the Authorization header is read from; null for none
     * @param certificates a PEM file with what the other side's certificate must go back to; null for what Java trusts
     */
    public record Forward(
            URI url,
            @Nullable SecretSource authorization,
            @Nullable Path certificates) {}

    /**
     * What the endpoint bears.
     *
     * @param threads how many threads serve requests at most
     * @param connections how many connections are open at most
     * @param bodyBytes how long the body of a request may be
     * @param readDeadline how long a request may take to arrive
     * @param idleTimeout how long a connection may be silent
     * @param stopTimeout how long a stop waits for the requests under way
     */
    public record Limits(
            int threads,
            int connections,
            int bodyBytes,
            Duration readDeadline,
            Duration idleTimeout,
            Duration stopTimeout) {}

    /** Where a secret is read from. */
    public sealed interface SecretSource {
        /** The first line of a file. */
        record File(Path path) implements SecretSource {}

        /** A variable of the environment. */
        record Variable(String name) implements SecretSource {}

        /** The terminal, when the process starts. */
        record Prompt() implements SecretSource {}
    }

    /**
     * A further identity.
     *
     * @param accessKeyId what signatures name
     * @param secret where its secret access key is read from, when the process starts
     * @param account whose it is
     * @param principal its ARN
     */
    public record AccessKey(String accessKeyId, SecretSource secret, AccountId account, String principal) {}

    /**
     * Reads the configuration.
     *
     * @param options settings that the command line gives, by their paths
     * @param environment the environment
     * @param namedFile the configuration file that the command line names; null for none
     * @throws ConfigurationException if any setting is unknown, wrong or missing
     */
    public static KeywardConfiguration load(
            Map<String, Node> options, Map<String, String> environment, @Nullable Path namedFile) {
        return ConfigurationLoader.load(options, environment, namedFile);
    }

    /**
     * Reads the configuration of a program that holds Keyward itself, with this process's environment.
     *
     * @param file the configuration file, in which {@code home} is named
     * @throws ConfigurationException if any setting is unknown, wrong or missing
     */
    public static KeywardConfiguration load(Path file) {
        return load(Map.of(), System.getenv(), file);
    }

    /**
     * The home directory of a command that needs nothing else, and no configuration file.
     *
     * @param options settings that the command line gives, by their paths
     * @param environment the environment
     * @throws ConfigurationException if what is given is not allowed
     */
    public static Path home(Map<String, Node> options, Map<String, String> environment) {
        return ConfigurationLoader.home(options, environment);
    }

    /** The table of settings, in the order in which a person would write them. */
    public static List<Setting<?>> settings() {
        return SettingsTable.ROWS;
    }

    /** The variables of the environment that hold secrets, by this configuration. */
    Set<String> secretVariables() {
        Set<String> names = new HashSet<>();
        Consumer<SecretSource> add = source -> {
            if (source instanceof SecretSource.Variable(String name)) {
                names.add(name);
            }
        };
        add.accept(token.pin());
        accessKeys.forEach(accessKey -> add.accept(accessKey.secret()));
        if (audit.forward() != null && audit.forward().authorization() != null) {
            add.accept(audit.forward().authorization());
        }
        if (listen.tls() instanceof Tls.KeystoreFile(Path keystore, SecretSource password)) {
            add.accept(password);
        }
        return names;
    }
}
