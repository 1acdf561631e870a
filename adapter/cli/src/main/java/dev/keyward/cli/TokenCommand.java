package dev.keyward.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about tokens. */
@Command(
        name = "token",
        description =
                "Makes and examines tokens, and shows them to other programs (init, probe, sunpkcs11-config, add-certificates).")
final class TokenCommand implements Runnable {
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
}
