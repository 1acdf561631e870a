package dev.keyward.cli;

import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.settings.Setting;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the table of settings. */
@Command(
        name = "settings",
        description = {
            "Prints every setting: its place in the configuration file, the environment variable that overrides it, its"
                    + " default, and what it is.",
        },
        footer = {"Example:", "  keyward settings | grep KEYWARD_TLS"})
final class SettingsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    SettingsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable("setting", "variable", "default", "what it is");
        for (Setting<?> setting : KeywardConfiguration.settings()) {
            table.row(
                    setting.path(),
                    setting.variable(),
                    Objects.requireNonNullElse(setting.fallback(), "-"),
                    setting.description() + " (" + setting.form().allowed() + ")");
        }
        table.lines().forEach(surroundings.out()::println);
        return ExitCode.DONE;
    }
}
