package dev.keyward.cli;

import dev.keyward.boot.Keyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.RootIdentity;
import dev.keyward.boot.settings.Node;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Serves the AWS KMS endpoint in the foreground, until SIGTERM or SIGINT (Ctrl-C): then it takes no more"
                    + " requests, answers those under way, and ends with exit code 0.",
            "",
            "One process serves a home directory at a time. When requests are answered it prints one line, 'keyward is"
                    + " ready: URL', followed by what to paste to try it with the AWS CLI.",
            "",
            "The root identity is that of KEYWARD_ROOT_ACCESS_KEY_ID, KEYWARD_ROOT_SECRET_ACCESS_KEY and"
                    + " KEYWARD_ROOT_ACCOUNT_ID, or else generated at the first start; either way it is the AWS profile"
                    + " 'keyward' in DIR/credentials.",
        },
        footer = {
            "Examples:",
            "  keyward token init --home /var/lib/keyward && keyward serve --home /var/lib/keyward",
            "  KEYWARD_LISTEN_ADDRESS=0.0.0.0 KEYWARD_TLS_CERTIFICATE=chain.pem KEYWARD_TLS_KEY=key.pem \\",
            "      keyward serve --config /etc/keyward.yaml",
            "",
            "Every setting: keyward settings",
        })
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port, 0 for any free one (default: KEYWARD_LISTEN_PORT, or listen.port, or 4599)")
    private @Nullable String port;

    @Option(
            names = "--replace-root",
            description = "let the root identity that the environment asks for take the place of the present one")
    private boolean replaceRoot;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Node> settings = options.settings();
        ConfigurationOptions.add(settings, "listen.port", "--port", port);
        KeywardConfiguration configuration =
                KeywardConfiguration.load(settings, surroundings.environment(), options.file());
        RootIdentity root = RootIdentity.from(surroundings.environment(), replaceRoot);
        CountDownLatch stop = new CountDownLatch(1);
        try (Keyward keyward = Keyward.open(configuration, root, surroundings.environment(), surroundings.clock())) {
            StopSignals.handle(stop::countDown);
            Welcome.lines(keyward, configuration).forEach(surroundings.out()::println);
            stop.await();
        }
        return ExitCode.DONE;
    }
}
