package dev.keyward.cli;

import dev.keyward.boot.FreshToken;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.settings.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a SoftHSM token to try Keyward with. */
@Command(
        name = "init",
        description = {
            "Makes a fresh SoftHSM token in DIR/token, with random PINs in DIR/token-pin (user) and DIR/token-so-pin"
                    + " (security officer), readable by you alone and never shown, and writes DIR/keyward.yaml, which names"
                    + " it.",
            "",
            "Touches nothing that is there: a home that has a token or a configuration is refused."
                    + " If it is cut short, run it again.",
        },
        footer = {"Example:", "  keyward token init --home keyward-home && keyward serve --home keyward-home"})
final class TokenInitCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "the home directory (default: KEYWARD_HOME, or keyward-home)")
    private @Nullable String home;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            defaultValue = "keyward",
            description = "the token's label, 1 to 32 bytes (default: ${DEFAULT-VALUE})")
    private String label = "keyward";

    TokenInitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Map<String, Node> settings = new HashMap<>();
        ConfigurationOptions.add(settings, "home", "--home", home);
        FreshToken token = FreshToken.make(KeywardConfiguration.home(settings, surroundings.environment()), label);
        surroundings.out().println("a token is in " + token.directory() + "; its PIN is in " + token.pinFile());
        surroundings.out().println("configured in " + token.configurationFile());
        return ExitCode.DONE;
    }
}
