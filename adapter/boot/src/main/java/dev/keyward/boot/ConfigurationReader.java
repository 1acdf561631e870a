package dev.keyward.boot;

import dev.keyward.audit.ForwardSettings;
import dev.keyward.audit.TrailSettings;
import dev.keyward.boot.KeywardConfiguration.AccessKey;
import dev.keyward.boot.KeywardConfiguration.Audit;
import dev.keyward.boot.KeywardConfiguration.Engine;
import dev.keyward.boot.KeywardConfiguration.Forward;
import dev.keyward.boot.KeywardConfiguration.Limits;
import dev.keyward.boot.KeywardConfiguration.Listen;
import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.KeywardConfiguration.Tls;
import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Setting;
import dev.keyward.boot.settings.Settings;
import dev.keyward.contract.AccountId;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns settings into a configuration, with the rules that hold between two settings. */
final class ConfigurationReader {
    private static final long BYTES_PER_MEGABYTE = 1_000_000;

    private final Settings settings;

    private ConfigurationReader(Settings settings) {
        this.settings = settings;
    }

    static KeywardConfiguration read(Settings settings) {
        ConfigurationReader reader = new ConfigurationReader(settings);
        return new KeywardConfiguration(
                settings.require(SettingsTable.HOME),
                reader.listen(),
                settings.require(SettingsTable.REGIONS),
                reader.token(),
                Duration.ofSeconds(settings.require(SettingsTable.MAINTENANCE_INTERVAL_SECONDS)),
                reader.audit(),
                reader.limits(),
                reader.accessKeys(),
                IdentityProvidersReader.read(settings));
    }

    private Audit audit() {
        TrailSettings trail = new TrailSettings(
                settings.require(SettingsTable.AUDIT_FSYNC),
                settings.require(SettingsTable.AUDIT_FILE_MEGABYTES) * BYTES_PER_MEGABYTE,
                Duration.ofHours(settings.require(SettingsTable.AUDIT_FILE_HOURS)),
                Duration.ofSeconds(settings.require(SettingsTable.AUDIT_CHECKPOINT_SECONDS)));
        return new Audit(trail, forward());
    }

    private @Nullable Forward forward() {
        Optional<URI> url = settings.find(SettingsTable.AUDIT_FORWARD_URL);
        Optional<SecretSource> authorization = secret(
                settings,
                SettingsTable.AUDIT_FORWARD_AUTHORIZATION_FILE,
                SettingsTable.AUDIT_FORWARD_AUTHORIZATION_ENVIRONMENT);
        Optional<Path> certificates = settings.find(SettingsTable.AUDIT_FORWARD_CERTIFICATES);
        if (url.isEmpty() && (authorization.isPresent() || certificates.isPresent())) {
            throw new ConfigurationException("audit.forward.url is not set, and audit.forward has other settings");
        }
        return url.map(to -> new Forward(to, authorization.orElse(null), certificates.orElse(null)))
                .orElse(null);
    }

    /** Takes only what can be forwarded to. */
    static URI forwardUrl(String text) {
        URI url = URI.create(text);
        if (!ForwardSettings.isPossible(url)) {
            throw new IllegalArgumentException(text);
        }
        return url;
    }

    /** Takes no other spelling, so that there is one. */
    static TrailSettings.Sync sync(String text) {
        return switch (text) {
            case "answer" -> TrailSettings.Sync.ANSWER;
            case "interval" -> TrailSettings.Sync.INTERVAL;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Takes no other spelling, so that there is one. */
    static Engine engine(String text) {
        return switch (text) {
            case "keyward" -> Engine.KEYWARD;
            case "sunpkcs11" -> Engine.SUNPKCS11;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private Limits limits() {
        return new Limits(
                settings.require(SettingsTable.LIMITS_THREADS),
                settings.require(SettingsTable.LIMITS_CONNECTIONS),
                settings.require(SettingsTable.LIMITS_BODY_BYTES),
                Duration.ofSeconds(settings.require(SettingsTable.LIMITS_READ_SECONDS)),
                Duration.ofSeconds(settings.require(SettingsTable.LIMITS_IDLE_SECONDS)),
                Duration.ofSeconds(settings.require(SettingsTable.LIMITS_STOP_SECONDS)));
    }

    private Listen listen() {
        String address = settings.require(SettingsTable.LISTEN_ADDRESS);
        boolean allowInsecureHttp = settings.require(SettingsTable.LISTEN_ALLOW_INSECURE_HTTP);
        Tls tls = tls();
        if (!isLoopback(address) && tls == null && !allowInsecureHttp) {
            throw new ConfigurationException(
                    "listen.address (" + settings.origin(SettingsTable.LISTEN_ADDRESS)
                            + "): plain HTTP beyond loopback needs tls.certificate and tls.key, or listen.allowInsecureHttp: true");
        }
        return new Listen(address, settings.require(SettingsTable.LISTEN_PORT), allowInsecureHttp, tls);
    }

    private boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException("listen.address (" + settings.origin(SettingsTable.LISTEN_ADDRESS)
                    + "): \"" + address + "\" is not allowed; it must be an address or a host name of this machine");
        }
    }

    private @Nullable Tls tls() {
        Optional<Path> certificate = settings.find(SettingsTable.TLS_CERTIFICATE);
        Optional<Path> key = settings.find(SettingsTable.TLS_KEY);
        Optional<Path> keystore = settings.find(SettingsTable.TLS_KEYSTORE);
        Optional<SecretSource> password = secret(
                settings, SettingsTable.TLS_KEYSTORE_PASSWORD_FILE, SettingsTable.TLS_KEYSTORE_PASSWORD_ENVIRONMENT);
        boolean pem = certificate.isPresent() || key.isPresent();
        if (pem && (certificate.isEmpty() || key.isEmpty())) {
            throw new ConfigurationException("tls.certificate and tls.key go together: one of them is not set");
        }
        if (keystore.isPresent() != password.isPresent()) {
            throw new ConfigurationException("tls.keystore and tls.keystorePassword (file or environment) go together:"
                    + " one of them is not set");
        }
        if (pem && keystore.isPresent()) {
            throw new ConfigurationException("tls.certificate with tls.key, and tls.keystore: only one of the two");
        }
        if (pem) {
            return new Tls.PemFiles(certificate.orElseThrow(), key.orElseThrow());
        }
        return keystore.isPresent() ? new Tls.KeystoreFile(keystore.orElseThrow(), password.orElseThrow()) : null;
    }

    private TokenSettings token() {
        if (!settings.isGiven(SettingsTable.TOKEN_PROFILE)) {
            throw new ConfigurationException(
                    "no token is configured: set token.profile (in the configuration file, or in "
                            + SettingsTable.TOKEN_PROFILE.variable()
                            + "), or make a SoftHSM token to try Keyward with: keyward token init --home "
                            + settings.require(SettingsTable.HOME));
        }
        if (!settings.isGiven(SettingsTable.TOKEN_LABEL)
                && !settings.isGiven(SettingsTable.TOKEN_SERIAL_NUMBER)
                && !settings.isGiven(SettingsTable.TOKEN_MODEL)) {
            throw new ConfigurationException(
                    "token needs label, serialNumber or model: a token is never chosen by its position");
        }
        return new TokenSettings(
                settings.require(SettingsTable.TOKEN_NAME),
                settings.require(SettingsTable.TOKEN_ENGINE),
                settings.find(SettingsTable.TOKEN_LIBRARY).orElse(null),
                settings.require(SettingsTable.TOKEN_PROFILE),
                settings.find(SettingsTable.TOKEN_PROFILES).orElse(null),
                settings.find(SettingsTable.TOKEN_LABEL).orElse(null),
                settings.find(SettingsTable.TOKEN_SERIAL_NUMBER).orElse(null),
                settings.find(SettingsTable.TOKEN_MODEL).orElse(null),
                pin(),
                settings.find(SettingsTable.TOKEN_ENVIRONMENT).orElse(Map.of()),
                settings.find(SettingsTable.TOKEN_SESSIONS).orElse(null),
                settings.find(SettingsTable.TOKEN_DIRECTORY).orElse(null));
    }

    private SecretSource pin() {
        Optional<SecretSource> source =
                secret(settings, SettingsTable.TOKEN_PIN_FILE, SettingsTable.TOKEN_PIN_ENVIRONMENT);
        boolean prompt = settings.require(SettingsTable.TOKEN_PIN_PROMPT);
        if (source.isPresent() == prompt) {
            throw new ConfigurationException(
                    "token.pin needs one of file, environment and prompt: true, and no more than one");
        }
        return source.orElseGet(SecretSource.Prompt::new);
    }

    private List<AccessKey> accessKeys() {
        Optional<Node> given = settings.find(SettingsTable.ACCESS_KEYS);
        if (given.isEmpty()) {
            return List.of();
        }
        String origin = settings.origin(SettingsTable.ACCESS_KEYS);
        if (!(given.orElseThrow() instanceof Node.Sequence(List<Node> items, var place))) {
            throw new ConfigurationException("accessKeys (" + origin + "): what is given is not allowed; it must be "
                    + SettingsTable.ACCESS_KEYS.form().allowed());
        }
        List<AccessKey> accessKeys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node item : items) {
            String section = "accessKeys[" + accessKeys.size() + "]";
            AccessKey accessKey =
                    accessKey(section, Settings.ofItem(section, SettingsTable.ACCESS_KEY_ROWS, item), item);
            if (!ids.add(accessKey.accessKeyId())) {
                throw new ConfigurationException(section + ".accessKeyId ("
                        + item.origin().description() + "): " + accessKey.accessKeyId() + " is listed twice");
            }
            accessKeys.add(accessKey);
        }
        return List.copyOf(accessKeys);
    }

    private static AccessKey accessKey(String section, Settings item, Node node) {
        AccountId account = item.require(SettingsTable.ITEM_ACCOUNT);
        return new AccessKey(
                item.require(SettingsTable.ITEM_ACCESS_KEY_ID),
                secret(item, SettingsTable.ITEM_SECRET_FILE, SettingsTable.ITEM_SECRET_ENVIRONMENT)
                        .orElseThrow(() -> new ConfigurationException(
                                section + ".secret (" + node.origin().description() + ") needs file or environment")),
                account,
                item.find(SettingsTable.ITEM_PRINCIPAL).orElse("arn:aws:iam::" + account + ":root"));
    }

    private static Optional<SecretSource> secret(Settings settings, Setting<Path> file, Setting<String> variable) {
        Optional<SecretSource> fromFile = settings.find(file).map(SecretSource.File::new);
        Optional<SecretSource> fromVariable = settings.find(variable).map(SecretSource.Variable::new);
        if (fromFile.isPresent() && fromVariable.isPresent()) {
            throw new ConfigurationException(file.path() + " and " + variable.path() + ": only one of the two");
        }
        return fromFile.or(() -> fromVariable);
    }
}
