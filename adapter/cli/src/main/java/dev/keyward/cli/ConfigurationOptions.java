package dev.keyward.cli;

import dev.keyward.boot.settings.Node;
import dev.keyward.boot.settings.Origin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command finds its configuration. */
final class ConfigurationOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "the home directory (default: KEYWARD_HOME, or keyward-home)")
    private @Nullable String home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration file (default: KEYWARD_CONFIG, or DIR/keyward.yaml)")
    private @Nullable Path file;

    /** The configuration file that was named; null for none. */
    @Nullable
    Path file() {
        return file;
    }

    /** Whether any of them was given. */
    boolean isGiven() {
        return home != null || file != null;
    }

    /** The settings that were given, by their paths. */
    Map<String, Node> settings() {
        Map<String, Node> settings = new HashMap<>();
        add(settings, "home", "--home", home);
        return settings;
    }

    /** Adds a setting that an option gives, unless it was not given. */
    static void add(Map<String, Node> settings, String path, String option, @Nullable String value) {
        if (value != null) {
            settings.put(path, new Node.Scalar(value, Origin.option(option)));
        }
    }
}
