package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Setting;
import dev.keyward.boot.settings.Settings;
import dev.keyward.boot.settings.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the configuration file, and refuses variables that look like settings and are none. */
final class ConfigurationLoader {
    private static final String FILE_VARIABLE = "KEYWARD_CONFIG";

    private static final Node.Mapping NOTHING = YamlReader.readFile(Path.of(KeywardConfiguration.FILE_NAME), "");

    /** Variables of ours that are not settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            FILE_VARIABLE,
            RootIdentity.ACCESS_KEY_ID_VARIABLE,
            RootIdentity.SECRET_ACCESS_KEY_VARIABLE,
            RootIdentity.ACCOUNT_ID_VARIABLE,
            RootIdentity.REPLACE_VARIABLE,
            "KEYWARD_DEBUG",
            "KEYWARD_LOG");

    /** What container platforms set by themselves for a service that is called keyward. */
    private static final Pattern SERVICE_LINK = Pattern.compile("KEYWARD_(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_.*)");

    private ConfigurationLoader() {}

    static KeywardConfiguration load(
            Map<String, Node> options, Map<String, String> environment, @Nullable Path namedFile) {
        Settings settings =
                new Settings(SettingsTable.ROWS, options, environment, content(options, environment, namedFile));
        KeywardConfiguration configuration = ConfigurationReader.read(settings);
        refuseUnknownVariables(configuration, environment);
        return configuration;
    }

    private static Node.Mapping content(
            Map<String, Node> options, Map<String, String> environment, @Nullable Path namedFile) {
        String fileInEnvironment = environment.get(FILE_VARIABLE);
        if (namedFile != null) {
            return read(namedFile);
        }
        if (fileInEnvironment != null) {
            if (fileInEnvironment.isEmpty()) {
                throw new ConfigurationException("environment variable " + FILE_VARIABLE + " is empty");
            }
            return read(Path.of(fileInEnvironment));
        }
        Path home = home(options, environment);
        Path file = home.resolve(KeywardConfiguration.FILE_NAME);
        if (!Files.exists(file)) {
            return NOTHING;
        }
        Node.Mapping content = read(file);
        Node named = content.members().get(SettingsTable.HOME.path());
        if (named != null) {
            throw new ConfigurationException("home (" + named.origin().description()
                    + "): a configuration file that was found in a home directory cannot name another");
        }
        return content;
    }

    /** The home directory, as far as it is known without a file. */
    static Path home(Map<String, Node> options, Map<String, String> environment) {
        return new Settings(SettingsTable.ROWS, options, environment, NOTHING).require(SettingsTable.HOME);
    }

    private static Node.Mapping read(Path file) {
        try {
            return YamlReader.readFile(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(file + ": not UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException("configuration file " + file + " cannot be read: " + Reasons.of(e));
        }
    }

    private static void refuseUnknownVariables(KeywardConfiguration configuration, Map<String, String> environment) {
        Set<String> unknown = new TreeSet<>();
        for (String variable : environment.keySet()) {
            if (variable.startsWith("KEYWARD_")
                    && !OTHER_VARIABLES.contains(variable)
                    && !SERVICE_LINK.matcher(variable).matches()
                    && !configuration.secretVariables().contains(variable)
                    && SettingsTable.ROWS.stream().map(Setting::variable).noneMatch(variable::equals)) {
                unknown.add(variable);
            }
        }
        if (!unknown.isEmpty()) {
            Set<String> known = new TreeSet<>(OTHER_VARIABLES);
            SettingsTable.ROWS.forEach(setting -> known.add(setting.variable()));
            throw new ConfigurationException("unknown setting in environment variable " + String.join(", ", unknown)
                    + "; known variables: " + String.join(", ", known));
        }
    }
}
