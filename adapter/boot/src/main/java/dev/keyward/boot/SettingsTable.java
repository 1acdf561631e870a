package dev.keyward.boot;

import static dev.keyward.boot.settings.Forms.integer;
import static dev.keyward.boot.settings.Forms.listOf;
import static dev.keyward.boot.settings.Forms.parsed;
import static dev.keyward.boot.settings.Forms.path;
import static dev.keyward.boot.settings.Forms.text;
import static dev.keyward.boot.settings.Forms.trueOrFalse;
import static dev.keyward.boot.settings.Forms.variableName;
import static dev.keyward.boot.settings.Forms.variables;
import static dev.keyward.boot.settings.Forms.yaml;

import dev.keyward.audit.TrailSettings;
import dev.keyward.boot.KeywardConfiguration.Engine;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Setting;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.Region;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every setting there is: one row each, which is all that a new setting needs besides being used. */
final class SettingsTable {
    static final Setting<Path> HOME = new Setting<>(
            "home", path(), "keyward-home", "the directory of the database, the audit trail and the credentials");

    static final Setting<String> LISTEN_ADDRESS =
            new Setting<>("listen.address", text(), "127.0.0.1", "the address of this machine to serve on");
    static final Setting<Integer> LISTEN_PORT =
            new Setting<>("listen.port", integer(0, 65535), "4599", "the port to serve on; 0 for any free one");
    static final Setting<Boolean> LISTEN_ALLOW_INSECURE_HTTP = new Setting<>(
            "listen.allowInsecureHttp", trueOrFalse(), "false", "whether plain HTTP may be served beyond loopback");

    static final Setting<Path> TLS_CERTIFICATE =
            new Setting<>("tls.certificate", path(), null, "a PEM file with the certificate chain");
    static final Setting<Path> TLS_KEY =
            new Setting<>("tls.key", path(), null, "a PEM file with its key, PKCS#8, not encrypted");
    static final Setting<Path> TLS_KEYSTORE =
            new Setting<>("tls.keystore", path(), null, "a PKCS#12 file with both, instead of the two");
    static final Setting<Path> TLS_KEYSTORE_PASSWORD_FILE =
            new Setting<>("tls.keystorePassword.file", path(), null, "the file whose first line is its password");
    static final Setting<String> TLS_KEYSTORE_PASSWORD_ENVIRONMENT = new Setting<>(
            "tls.keystorePassword.environment", variableName(), null, "the variable that holds its password");

    static final Setting<List<Region>> REGIONS = new Setting<>(
            "regions",
            listOf(parsed("a Region name such as us-east-1", Region::new)),
            "us-east-1",
            "the Regions that are served; keys of one are not seen in another");

    static final Setting<String> TOKEN_NAME = new Setting<>(
            "token.name", text(), "main", "what the database calls the token; not to be changed once there are keys");
    static final Setting<Engine> TOKEN_ENGINE = new Setting<>(
            "token.engine",
            parsed("keyward or sunpkcs11", ConfigurationReader::engine),
            "keyward",
            "what calls the token: Keyward's own binding, or SunPKCS11 of the JDK, which can do less; not to be changed once"
                    + " there are keys");
    static final Setting<Path> TOKEN_LIBRARY =
            new Setting<>("token.library", path(), null, "the PKCS#11 library, if not where the profile says");
    static final Setting<String> TOKEN_PROFILE =
            new Setting<>("token.profile", text(), null, "the name of the token's profile, for instance softhsm2");
    static final Setting<Path> TOKEN_PROFILES = new Setting<>(
            "token.profiles", path(), null, "a directory of profiles to use in place of those that Keyward brings");
    static final Setting<String> TOKEN_LABEL =
            new Setting<>("token.label", text(), null, "the label that the token must have");
    static final Setting<String> TOKEN_SERIAL_NUMBER =
            new Setting<>("token.serialNumber", text(), null, "the serial number that the token must have");
    static final Setting<String> TOKEN_MODEL =
            new Setting<>("token.model", text(), null, "the model that the token must be");
    static final Setting<Path> TOKEN_PIN_FILE =
            new Setting<>("token.pin.file", path(), null, "the file whose first line is the user PIN");
    static final Setting<String> TOKEN_PIN_ENVIRONMENT =
            new Setting<>("token.pin.environment", variableName(), null, "the variable that holds the user PIN");
    static final Setting<Boolean> TOKEN_PIN_PROMPT = new Setting<>(
            "token.pin.prompt", trueOrFalse(), "false", "whether the user PIN is asked for on the terminal");
    static final Setting<Map<String, String>> TOKEN_ENVIRONMENT =
            new Setting<>("token.environment", variables(), null, "variables that the library reads when it is loaded");
    static final Setting<Integer> TOKEN_SESSIONS =
            new Setting<>("token.sessions", integer(1, 1024), null, "how many sessions are opened at most");
    static final Setting<Path> TOKEN_DIRECTORY =
            new Setting<>("token.directory", path(), null, "the token's own directory, for tokens that are files");

    static final Setting<Integer> MAINTENANCE_INTERVAL_SECONDS = new Setting<>(
            "maintenance.intervalSeconds", integer(1, 86400), "60", "how often background work is looked for");

    static final Setting<TrailSettings.Sync> AUDIT_FSYNC = new Setting<>(
            "audit.fsync",
            parsed("answer or interval", ConfigurationReader::sync),
            "interval",
            "when the disk holds an audit record: before its request is answered, or within a second (then a power cut can"
                    + " cost the records of that second; the end of the process costs none either way)");
    static final Setting<Integer> AUDIT_FILE_MEGABYTES = new Setting<>(
            "audit.fileMegabytes", integer(1, 4096), "64", "how long an audit file grows before the next is begun");
    static final Setting<Integer> AUDIT_FILE_HOURS = new Setting<>(
            "audit.fileHours", integer(1, 8760), "24", "how long an audit file is written to before the next is begun");
    static final Setting<Integer> AUDIT_CHECKPOINT_SECONDS = new Setting<>(
            "audit.checkpointSeconds",
            integer(1, 86400),
            "60",
            "how often the token seals where the audit trail stands, if anything was recorded");

    static final Setting<URI> AUDIT_FORWARD_URL = new Setting<>(
            "audit.forward.url",
            parsed("https://..., http://... on loopback, or syslog+tls://HOST:PORT", ConfigurationReader::forwardUrl),
            null,
            "where audit records are sent as well: posted as lines of JSON, or to a syslog collector; no request waits for"
                    + " it, and what is not taken is sent later");
    static final Setting<Path> AUDIT_FORWARD_AUTHORIZATION_FILE = new Setting<>(
            "audit.forward.authorization.file",
            path(),
            null,
            "the file whose first line is the value of the Authorization header that they are posted with");
    static final Setting<String> AUDIT_FORWARD_AUTHORIZATION_ENVIRONMENT = new Setting<>(
            "audit.forward.authorization.environment", variableName(), null, "the variable that holds that value");
    static final Setting<Path> AUDIT_FORWARD_CERTIFICATES = new Setting<>(
            "audit.forward.certificates",
            path(),
            null,
            "a PEM file with the certificates that the collector's must go back to, if not to one that Java trusts");

    static final Setting<Integer> LIMITS_THREADS =
            new Setting<>("limits.threads", integer(8, 1024), "64", "how many threads serve requests at most");
    static final Setting<Integer> LIMITS_CONNECTIONS =
            new Setting<>("limits.connections", integer(1, 65536), "1024", "how many connections are open at most");
    static final Setting<Integer> LIMITS_BODY_BYTES = new Setting<>(
            "limits.bodyBytes", integer(4096, 16777216), "1048576", "how long the body of a request may be");
    static final Setting<Integer> LIMITS_READ_SECONDS =
            new Setting<>("limits.readSeconds", integer(1, 3600), "30", "how long a request may take to arrive");
    static final Setting<Integer> LIMITS_IDLE_SECONDS =
            new Setting<>("limits.idleSeconds", integer(1, 3600), "60", "how long a connection may be silent");
    static final Setting<Integer> LIMITS_STOP_SECONDS = new Setting<>(
            "limits.stopSeconds", integer(1, 3600), "30", "how long a stop waits for the requests under way");

    static final Setting<Node> ACCESS_KEYS = new Setting<>(
            "accessKeys",
            yaml("a list of access keys, each a mapping of accessKeyId, account, principal and secret"),
            null,
            "further identities, each with accessKeyId, account, principal, and secret.file or secret.environment");

    static final Setting<Node> IDENTITY_PROVIDERS = new Setting<>(
            "identityProviders",
            yaml("a list of OpenID Connect providers, each a mapping of issuer, audiences, keys and clockSkewSeconds"),
            null,
            "whose tokens AssumeRoleWithWebIdentity believes, each with issuer, audiences, and keys.file or keys.url");

    /** Every setting, in the order in which a person would write them. */
    static final List<Setting<?>> ROWS = List.of(
            HOME,
            LISTEN_ADDRESS,
            LISTEN_PORT,
            LISTEN_ALLOW_INSECURE_HTTP,
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_KEYSTORE,
            TLS_KEYSTORE_PASSWORD_FILE,
            TLS_KEYSTORE_PASSWORD_ENVIRONMENT,
            REGIONS,
            TOKEN_NAME,
            TOKEN_ENGINE,
            TOKEN_LIBRARY,
            TOKEN_PROFILE,
            TOKEN_PROFILES,
            TOKEN_LABEL,
            TOKEN_SERIAL_NUMBER,
            TOKEN_MODEL,
            TOKEN_PIN_FILE,
            TOKEN_PIN_ENVIRONMENT,
            TOKEN_PIN_PROMPT,
            TOKEN_ENVIRONMENT,
            TOKEN_SESSIONS,
            TOKEN_DIRECTORY,
            MAINTENANCE_INTERVAL_SECONDS,
            AUDIT_FSYNC,
            AUDIT_FILE_MEGABYTES,
            AUDIT_FILE_HOURS,
            AUDIT_CHECKPOINT_SECONDS,
            AUDIT_FORWARD_URL,
            AUDIT_FORWARD_AUTHORIZATION_FILE,
            AUDIT_FORWARD_AUTHORIZATION_ENVIRONMENT,
            AUDIT_FORWARD_CERTIFICATES,
            LIMITS_THREADS,
            LIMITS_CONNECTIONS,
            LIMITS_BODY_BYTES,
            LIMITS_READ_SECONDS,
            LIMITS_IDLE_SECONDS,
            LIMITS_STOP_SECONDS,
            ACCESS_KEYS,
            IDENTITY_PROVIDERS);

    static final Setting<String> ITEM_ACCESS_KEY_ID = new Setting<>(
            "accessKeyId", parsed(AccessKeyForm.ID_ALLOWED, AccessKeyForm::checkedId), null, "what signatures name");
    static final Setting<AccountId> ITEM_ACCOUNT =
            new Setting<>("account", parsed("an account number of twelve digits", AccountId::new), null, "whose it is");
    static final Setting<String> ITEM_PRINCIPAL =
            new Setting<>("principal", text(), null, "the ARN of who signs with it; the account's root if not given");
    static final Setting<Path> ITEM_SECRET_FILE =
            new Setting<>("secret.file", path(), null, "the file whose first line is the secret access key");
    static final Setting<String> ITEM_SECRET_ENVIRONMENT =
            new Setting<>("secret.environment", variableName(), null, "the variable that holds the secret access key");

    /** Every setting of one item of {@code accessKeys}. */
    static final List<Setting<?>> ACCESS_KEY_ROWS =
            List.of(ITEM_ACCESS_KEY_ID, ITEM_ACCOUNT, ITEM_PRINCIPAL, ITEM_SECRET_FILE, ITEM_SECRET_ENVIRONMENT);

    static final Setting<URI> ITEM_ISSUER =
            new Setting<>("issuer", parsed("an address", URI::create), null, "the issuer, as its tokens name it");
    static final Setting<List<String>> ITEM_AUDIENCES =
            new Setting<>("audiences", listOf(text()), null, "whom a token must be for: one of these at least");
    static final Setting<Path> ITEM_KEYS_FILE =
            new Setting<>("keys.file", path(), null, "a file with the issuer's JSON Web Key Set");
    static final Setting<URI> ITEM_KEYS_URL = new Setting<>(
            "keys.url", parsed("an address", URI::create), null, "where the issuer's JSON Web Key Set is");
    static final Setting<Integer> ITEM_CLOCK_SKEW_SECONDS =
            new Setting<>("clockSkewSeconds", integer(0, 600), "60", "by how much the issuer's clock may differ");

    /** Every setting of one item of {@code identityProviders}. */
    static final List<Setting<?>> IDENTITY_PROVIDER_ROWS =
            List.of(ITEM_ISSUER, ITEM_AUDIENCES, ITEM_KEYS_FILE, ITEM_KEYS_URL, ITEM_CLOCK_SKEW_SECONDS);

    private SettingsTable() {}
}
