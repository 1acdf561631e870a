package dev.keyward.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: without a subcommand it says which there are. */
@Command(
        name = "keyward",
        mixinStandardHelpOptions = true,
        versionProvider = KeywardCommand.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        description = {
            "AWS KMS on your own HSM: keys live in a PKCS#11 token and never leave it.",
            "",
            "Every setting is in one YAML file, DIR/keyward.yaml by default, and can be overridden by an environment"
                    + " variable: listen.port is KEYWARD_LISTEN_PORT. KEYWARD_LOG sets the log level (WARN),"
                    + " KEYWARD_DEBUG=true shows where an error came from.",
            "",
            "To begin: keyward token init --home DIR; keyward serve --home DIR"
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it did what it was asked to",
            "1:it could not, or found a fault; one line on standard error says why",
            "2:it was called wrongly, or a setting is wrong; nothing was begun"
        })
final class KeywardCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Refuses: there is nothing that it does itself. */
    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(
                self.commandLine(),
                "which command? " + String.join(", ", self.subcommands().keySet()));
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"keyward " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
