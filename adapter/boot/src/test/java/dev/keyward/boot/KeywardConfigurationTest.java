package dev.keyward.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.audit.TrailSettings;
import dev.keyward.boot.KeywardConfiguration.Limits;
import dev.keyward.boot.KeywardConfiguration.Listen;
import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.KeywardConfiguration.Tls;
import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Origin;
import dev.keyward.boot.settings.Setting;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.Region;
import dev.keyward.identity.sts.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywardConfigurationTest {
    /** The least that a configuration must say. */
    private static final String TOKEN = "token: {profile: softhsm2, label: keys, pin: {file: pin}}\n";

    @TempDir
    private Path directory;

    @Test
    void whatIsNotSetHasItsDefault() {
        KeywardConfiguration configuration = load(TOKEN);

        assertThat(configuration.listen()).isEqualTo(new Listen("127.0.0.1", 4599, false, null));
        assertThat(configuration.regions()).containsExactly(new Region("us-east-1"));
        assertThat(configuration.maintenanceInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.audit())
                .isEqualTo(new KeywardConfiguration.Audit(
                        new TrailSettings(
                                TrailSettings.Sync.INTERVAL, 64_000_000, Duration.ofDays(1), Duration.ofMinutes(1)),
                        null));
        assertThat(configuration.accessKeys()).isEmpty();
        assertThat(configuration.token().name()).isEqualTo("main");
        assertThat(configuration.token().engine()).isEqualTo(KeywardConfiguration.Engine.KEYWARD);
        assertThat(configuration.token().library()).isNull();
        assertThat(configuration.home()).isEqualTo(Path.of("keyward-home").toAbsolutePath());
    }

    @Test
    void everySettingCanBeGivenInTheFile() {
        KeywardConfiguration configuration = load("""
                home: there
                listen:
                  address: 0.0.0.0
                  port: 0
                tls:
                  certificate: chain.pem
                  key: /keys/key.pem
                regions: [eu-west-1, us-gov-east-1]
                token:
                  name: vault
                  engine: sunpkcs11
                  library: /usr/lib/lib.so
                  profile: nss
                  profiles: profiles
                  label: the one
                  serialNumber: 00012
                  model: SoftHSM v2
                  pin: {environment: TOKEN_PIN}
                  environment:
                    SOFTHSM2_CONF: /etc/softhsm2.conf
                    LEVEL: 7
                  sessions: 12
                  directory: token
                maintenance:
                  intervalSeconds: 5
                audit:
                  fsync: answer
                  fileMegabytes: 2
                  fileHours: 3
                  checkpointSeconds: 4
                  forward:
                    url: https://logs.example.com/audit
                    authorization: {environment: LOGS}
                    certificates: logs.pem
                limits:
                  threads: 8
                  connections: 9
                  bodyBytes: 10000
                  readSeconds: 11
                  idleSeconds: 12
                  stopSeconds: 13
                accessKeys:
                  - accessKeyId: AKIAIOSFODNN7EXAMPLE
                    account: 012345678901
                    principal: arn:aws:iam::012345678901:user/one
                    secret: {file: one}
                  - accessKeyId: AKIAIOSFODNN7EXAMPL2
                    account: 222222222222
                    secret: {environment: TWO}
                """);

        assertThat(configuration.home()).isEqualTo(directory.resolve("there"));
        assertThat(configuration.listen())
                .isEqualTo(new Listen(
                        "0.0.0.0",
                        0,
                        false,
                        new Tls.PemFiles(directory.resolve("chain.pem"), Path.of("/keys/key.pem"))));
        assertThat(configuration.regions()).containsExactly(new Region("eu-west-1"), new Region("us-gov-east-1"));
        assertThat(configuration.token())
                .isEqualTo(new KeywardConfiguration.TokenSettings(
                        "vault",
                        KeywardConfiguration.Engine.SUNPKCS11,
                        Path.of("/usr/lib/lib.so"),
                        "nss",
                        directory.resolve("profiles"),
                        "the one",
                        "00012",
                        "SoftHSM v2",
                        new SecretSource.Variable("TOKEN_PIN"),
                        Map.of("SOFTHSM2_CONF", "/etc/softhsm2.conf", "LEVEL", "7"),
                        12,
                        directory.resolve("token")));
        assertThat(configuration.maintenanceInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.audit())
                .isEqualTo(new KeywardConfiguration.Audit(
                        new TrailSettings(
                                TrailSettings.Sync.ANSWER, 2_000_000, Duration.ofHours(3), Duration.ofSeconds(4)),
                        new KeywardConfiguration.Forward(
                                URI.create("https://logs.example.com/audit"),
                                new SecretSource.Variable("LOGS"),
                                directory.resolve("logs.pem"))));
        assertThat(configuration.limits())
                .isEqualTo(new Limits(
                        8, 9, 10000, Duration.ofSeconds(11), Duration.ofSeconds(12), Duration.ofSeconds(13)));
        assertThat(configuration.accessKeys())
                .containsExactly(
                        new KeywardConfiguration.AccessKey(
                                "AKIAIOSFODNN7EXAMPLE",
                                new SecretSource.File(directory.resolve("one")),
                                new AccountId("012345678901"),
                                "arn:aws:iam::012345678901:user/one"),
                        new KeywardConfiguration.AccessKey(
                                "AKIAIOSFODNN7EXAMPL2",
                                new SecretSource.Variable("TWO"),
                                new AccountId("222222222222"),
                                "arn:aws:iam::222222222222:root"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunPKCS11", "jca", "''"})
    void thereAreTwoEngines(String other) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> load("token: {profile: softhsm2, label: keys, engine: " + other + ", pin: {file: pin}}"))
                .withMessageContaining("token.engine")
                .withMessageContaining("keyward or sunpkcs11");
    }

    @Test
    void everySettingHasAVariableOfItsOwn() {
        assertThat(SettingsTable.ROWS)
                .extracting(Setting::variable)
                .doesNotHaveDuplicates()
                .allMatch(variable -> variable.matches("KEYWARD(_[A-Z]+)+"))
                .contains("KEYWARD_HOME", "KEYWARD_LISTEN_ALLOW_INSECURE_HTTP", "KEYWARD_MAINTENANCE_INTERVAL_SECONDS");
    }

    @Test
    void theEnvironmentOverridesTheFileAndTheCommandLineBoth() {
        String yaml = TOKEN + "listen: {port: 1}\nregions: [eu-west-1]\n";
        Map<String, String> environment = Map.of(
                "KEYWARD_LISTEN_PORT", "2",
                "KEYWARD_REGIONS", "us-west-2, us-east-1",
                "KEYWARD_TOKEN_ENVIRONMENT", "{A: b}",
                "KEYWARD_ACCESS_KEYS",
                        "[{accessKeyId: AKIAIOSFODNN7EXAMPLE, account: 111111111111, secret: {file: /one}}]");

        KeywardConfiguration fromEnvironment = load(yaml, environment, Map.of());
        KeywardConfiguration fromOption = load(yaml, environment, option("listen.port", "--port", "3"));

        assertThat(fromEnvironment.listen().port()).isEqualTo(2);
        assertThat(fromEnvironment.regions()).containsExactly(new Region("us-west-2"), new Region("us-east-1"));
        assertThat(fromEnvironment.token().environment()).containsExactly(Map.entry("A", "b"));
        assertThat(fromEnvironment.accessKeys()).hasSize(1);
        assertThat(fromOption.listen().port()).isEqualTo(3);
    }

    /** One mistake a row: the configuration, in YAML's flow form, and the line that it is answered with. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listen: {port: 70000}                    | listen.port (FILE line 2): "70000" is not allowed; it must be a whole number from 0 to 65535
            listen: {port: 0x10}                     | listen.port (FILE line 2): "0x10" is not allowed; it must be a whole number from 0 to 65535
            listen: {port: [1]}                      | listen.port (FILE line 2): the list given is not allowed; it must be a whole number from 0 to 65535
            listen: {port: }                         | FILE line 2: listen.port has no value
            listen: {prot: 1}                        | unknown setting listen.prot (FILE line 2); known here: address, port, allowInsecureHttp
            listen: 4599                             | listen (FILE line 2) is a section; known in it: address, port, allowInsecureHttp
            listen: {port: 1, port: 2}               | FILE line 2: listen.port is given twice
            listen: {allowInsecureHttp: yes}         | listen.allowInsecureHttp (FILE line 2): "yes" is not allowed; it must be true or false
            listen: {address: 0.0.0.0}               | listen.address (FILE line 2): plain HTTP beyond loopback needs tls.certificate and tls.key, or listen.allowInsecureHttp: true
            tls: {key: a}                            | tls.certificate and tls.key go together: one of them is not set
            tls: {keystore: a}                       | tls.keystore and tls.keystorePassword (file or environment) go together: one of them is not set
            regions: []                              | regions (FILE line 2): the list given is not allowed; it must be a list of one or more, each a Region name such as us-east-1
            regions: us-east-1                       | regions (FILE line 2): "us-east-1" is not allowed; it must be a list of one or more, each a Region name such as us-east-1
            regions: [&a us-east-1, *a]              | FILE line 2: anchors and aliases are not read
            home: {a: b}                             | home (FILE line 2): the mapping given is not allowed; it must be a path
            audit: {fsync: never}                    | audit.fsync (FILE line 2): "never" is not allowed; it must be answer or interval
            audit: {forward: {url: "http://logs"}}   | audit.forward.url (FILE line 2): "http://logs" is not allowed; it must be https://..., http://... on loopback, or syslog+tls://HOST:PORT
            audit: {forward: {certificates: a.pem}}  | audit.forward.url is not set, and audit.forward has other settings
            maintenance: {intervalSeconds: 0}        | maintenance.intervalSeconds (FILE line 2): "0" is not allowed; it must be a whole number from 1 to 86400
            accessKeys: {a: b}                       | accessKeys (FILE line 2): what is given is not allowed; it must be a list of access keys, each a mapping of accessKeyId, account, principal and secret
            accessKeys: [one]                        | accessKeys[0] (FILE line 2) must be a mapping of accessKeyId, account, principal, secret.file, secret.environment
            accessKeys: [{id: one}]                  | unknown setting accessKeys[0].id (FILE line 2); known here: accessKeyId, account, principal, secret
            accessKeys: [{account: 1}]               | accessKeys[0].account (FILE line 2): "1" is not allowed; it must be an account number of twelve digits
            accessKeys: [{account: 111111111111}]    | accessKeys[0].accessKeyId is not set (FILE line 2); it must be 16 to 128 letters, digits and _
            accessKeys: [{account: 111111111111, accessKeyId: AKIAIOSFODNN7EXAMPLE}] | accessKeys[0].secret (FILE line 2) needs file or environment
            identityProviders: {a: b}                | identityProviders (FILE line 2): what is given is not allowed; it must be a list of OpenID Connect providers, each a mapping of issuer, audiences, keys and clockSkewSeconds
            identityProviders: [one]                 | identityProviders[0] (FILE line 2) must be a mapping of issuer, audiences, keys.file, keys.url, clockSkewSeconds
            identityProviders: [{url: a}]            | unknown setting identityProviders[0].url (FILE line 2); known here: issuer, audiences, keys, clockSkewSeconds
            identityProviders: [{audiences: [a]}]    | identityProviders[0].issuer is not set (FILE line 2); it must be an address
            identityProviders: [{issuer: "https://a.example.com", audiences: [], keys: {file: a}}] | identityProviders[0].audiences (FILE line 2): the list given is not allowed; it must be a list of one or more, each a text of 1 to 200 characters on one line
            identityProviders: [{issuer: "https://a.example.com", audiences: [a]}] | identityProviders[0].keys (FILE line 2) needs one of file and url, and no more than one
            identityProviders: [{issuer: "https://a.example.com", audiences: [a], keys: {file: a, url: "https://a.example.com"}}] | identityProviders[0].keys (FILE line 2) needs one of file and url, and no more than one
            identityProviders: [{issuer: "http://a.example.com", audiences: [a], keys: {file: a}}] | identityProviders[0].issuer (FILE line 2): http://a.example.com is not allowed; it must be an https address, or http on loopback
            identityProviders: [{issuer: "https://a.example.com", audiences: [a], keys: {url: "http://a.example.com"}}] | identityProviders[0].keys.url (FILE line 2): http://a.example.com is not allowed; it must be an https address, or http on loopback
            identityProviders: [{issuer: "file:///etc", audiences: [a], keys: {file: a}}] | identityProviders[0].issuer (FILE line 2): file:///etc is not allowed; it must be an https address, or http on loopback
            identityProviders: [{issuer: "https://a.example.com", audiences: [a], keys: {file: a}, clockSkewSeconds: -1}] | identityProviders[0].clockSkewSeconds (FILE line 2): "-1" is not allowed; it must be a whole number from 0 to 600
            identityProviders: [{issuer: "https://a.example.com", audiences: [a], keys: {file: a}}, {issuer: "https://a.example.com", audiences: [b], keys: {file: b}}] | identityProviders[1].issuer (FILE line 2): https://a.example.com is listed twice
            """)
    void aMistakeIsOneLineThatNamesIt(String yaml, String line) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(TOKEN + yaml))
                .withMessage(
                        line.replace("FILE", directory.resolve("keyward.yaml").toString()));
    }

    @Test
    void identityProvidersAreListedEachWithItsAudiencesAndItsKeys() {
        KeywardConfiguration configuration = load(TOKEN + """
                identityProviders:
                  - issuer: https://oidc.example.com/one
                    audiences: [sts.example.com, keyward]
                    keys: {url: "https://oidc.example.com/one/keys"}
                  - issuer: http://127.0.0.1:8080
                    audiences: [sts.example.com]
                    keys: {file: keys.json}
                    clockSkewSeconds: 7
                """);

        assertThat(configuration.identityProviders())
                .containsExactly(
                        new IdentityProvider(
                                "https://oidc.example.com/one",
                                Set.of("sts.example.com", "keyward"),
                                new IdentityProvider.Keys.Address(URI.create("https://oidc.example.com/one/keys")),
                                Duration.ofSeconds(60)),
                        new IdentityProvider(
                                "http://127.0.0.1:8080",
                                Set.of("sts.example.com"),
                                new IdentityProvider.Keys.File(directory.resolve("keys.json")),
                                Duration.ofSeconds(7)));
    }

    @Test
    void anAccessKeyIsListedOnce() {
        String accessKey = "{accessKeyId: AKIAIOSFODNN7EXAMPLE, account: 111111111111, secret: {file: a}}";
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(TOKEN + "accessKeys: [" + accessKey + ", " + accessKey + "]"))
                .withMessageEndingWith("AKIAIOSFODNN7EXAMPLE is listed twice");
    }

    @Test
    void aTokenMustBeConfigured() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(""))
                .withMessageStartingWith("no token is configured: set token.profile")
                .withMessageContaining("keyward token init --home ");
    }

    @Test
    void aTokenIsNeverChosenByItsPosition() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load("token: {profile: softhsm2, pin: {file: a}}"))
                .withMessageStartingWith("token needs label, serialNumber or model");
    }

    @Test
    void aPinHasOneSource() {
        for (String pin : List.of("{}", "{file: a, prompt: true}", "{prompt: false}")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> load("token: {profile: softhsm2, label: keys, pin: " + pin + "}"))
                    .withMessage("token.pin needs one of file, environment and prompt: true, and no more than one");
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load("token: {profile: softhsm2, label: keys, pin: {file: a, environment: B}}"))
                .withMessage("token.pin.file and token.pin.environment: only one of the two");
    }

    @Test
    void whatMayBeASecretIsNeverShown() {
        for (String pin : List.of("{environment: 'my pin'}", "my pin", "[my pin]")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> load("token: {profile: softhsm2, label: keys, pin: " + pin + "}"))
                    .satisfies(e ->
                            assertThat(e.getMessage()).contains("token.pin").doesNotContain("my pin"));
        }
    }

    @Test
    void textThatIsNotYamlIsRefusedWithItsLine() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load("listen:\n  port: [1\nregions: x\n"))
                .withMessageStartingWith(directory.resolve("keyward.yaml") + " line 3: not YAML: ");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load("- a\n"))
                .withMessageEndingWith("a configuration is a mapping of settings, 'name: value'");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(TOKEN + "---\nlisten: {port: 1}\n"))
                .withMessageContaining("a second YAML document");
    }

    @Test
    void aWrongVariableIsNamed() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(TOKEN, Map.of("KEYWARD_LISTEN_PORT", ""), Map.of()))
                .withMessage("listen.port (environment variable KEYWARD_LISTEN_PORT): \"\" is not allowed;"
                        + " it must be a whole number from 0 to 65535");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(TOKEN, Map.of("KEYWARD_LISTEN_PROT", "1"), Map.of()))
                .withMessageStartingWith(
                        "unknown setting in environment variable KEYWARD_LISTEN_PROT; known variables: ");
    }

    @Test
    void variablesThatAreNotSettingsAreLetBe() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYWARD_LOG", "INFO");
        environment.put("KEYWARD_ROOT_ACCOUNT_ID", "111111111111");
        environment.put("KEYWARD_MY_PIN", "1234");
        environment.put("KEYWARD_PORT_4599_TCP_ADDR", "10.0.0.1");

        KeywardConfiguration configuration = load(
                "token: {profile: softhsm2, label: keys, pin: {environment: KEYWARD_MY_PIN}}", environment, Map.of());

        assertThat(configuration.token().pin()).isEqualTo(new SecretSource.Variable("KEYWARD_MY_PIN"));
    }

    @Test
    void aHomesOwnFileIsReadAndCannotMoveTheHome() throws IOException {
        Map<String, Node> home = option("home", "--home", directory.toString());
        Files.writeString(directory.resolve("keyward.yaml"), TOKEN + "listen: {port: 17}\n");
        assertThat(KeywardConfiguration.load(home, Map.of(), null).listen().port())
                .isEqualTo(17);

        Files.writeString(directory.resolve("keyward.yaml"), TOKEN + "home: /elsewhere\n");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> KeywardConfiguration.load(home, Map.of(), null))
                .withMessageContaining("cannot name another");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.yaml");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> KeywardConfiguration.load(Map.of(), Map.of("KEYWARD_CONFIG", missing.toString()), null))
                .withMessage("configuration file " + missing + " cannot be read: there is no such file or directory");
    }

    private KeywardConfiguration load(String yaml) {
        return load(yaml, Map.of(), Map.of());
    }

    private KeywardConfiguration load(String yaml, Map<String, String> environment, Map<String, Node> options) {
        Path file = directory.resolve("keyward.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return KeywardConfiguration.load(options, environment, file);
    }

    private static Map<String, Node> option(String path, String name, String value) {
        return Map.of(path, new Node.Scalar(value, Origin.option(name)));
    }
}
