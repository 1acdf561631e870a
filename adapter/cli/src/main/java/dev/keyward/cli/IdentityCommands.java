package dev.keyward.cli;

import dev.keyward.boot.CredentialsFile;
import dev.keyward.boot.IdentityCommand;
import dev.keyward.boot.IdentityConsole;
import dev.keyward.boot.IdentityReply;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.contract.IdentityRecord.Kind;
import dev.keyward.identity.NewAccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about users, roles and access keys. */
@Command(
        name = "identity",
        description = {
            "Manages users, roles and access keys. A change holds for the next request, whether or not a server is running"
                    + " on the home, and leaves an audit record.",
            "",
            "WHO is user/NAME or role/NAME. Without --account it is in the root identity's account.",
        },
        footer = {
            "Examples:",
            "  keyward identity apply identities.yaml --dry-run",
            "  keyward identity create-user alice && keyward identity put-policy user/alice encrypt policy.json",
            "  keyward identity create-access-key alice --credentials alice.credentials --profile alice",
        })
final class IdentityCommands implements Runnable {
    private static final String ACCOUNT_HELP = "the twelve digits of its account (default: the root identity's)";

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    IdentityCommands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Refuses: there is nothing that it does itself. */
    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(
                self.commandLine(),
                "which command? there are: "
                        + String.join(", ", self.subcommands().keySet()));
    }

    @Command(name = "list", description = "Lists everybody, with their unique ids and access keys.")
    int list(@Mixin ConfigurationOptions options) {
        return print(options, "list", Map.of());
    }

    @Command(name = "show", description = "Shows a user or role with its policies and tags.")
    int show(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Parameters(paramLabel = "WHO") String who) {
        return print(options, "show", whom(account, who));
    }

    @Command(name = "create-user", description = "Makes a user, who may do nothing yet.")
    int createUser(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Option(names = "--path", paramLabel = "PATH", description = "its path (default: /)") @Nullable String path,
            @Parameters(paramLabel = "NAME") String name) {
        return print(options, "create-user", arguments("account", account, "path", path, "name", name));
    }

    @Command(name = "create-role", description = "Makes a role, which may do nothing yet.")
    int createRole(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Option(names = "--path", paramLabel = "PATH", description = "its path (default: /)") @Nullable String path,
            @Option(
                            names = "--trust-policy",
                            paramLabel = "FILE",
                            required = true,
                            description = "a JSON file that says who may assume it")
                    Path trustPolicy,
            @Option(
                            names = "--longest-session-seconds",
                            paramLabel = "N",
                            description = "how long a session may last, 3600 to 43200 (default: 3600)")
                    @Nullable
                    Integer longestSessionSeconds,
            @Parameters(paramLabel = "NAME") String name) {
        Map<String, String> arguments =
                arguments("account", account, "path", path, "name", name, "trust-policy", text(trustPolicy));
        if (longestSessionSeconds != null) {
            arguments.put("longest-session-seconds", longestSessionSeconds.toString());
        }
        return print(options, "create-role", arguments);
    }

    @Command(
            name = "delete",
            description =
                    "Deletes a user with its access keys, or a role, whose sessions end. Policies that name it do not"
                            + " mean whoever is made again under its name.")
    int delete(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Parameters(paramLabel = "WHO") String who) {
        return print(options, "delete", whom(account, who));
    }

    @Command(name = "put-policy", description = "Gives a user or role a policy, or replaces the one of that name.")
    int putPolicy(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Parameters(paramLabel = "WHO") String who,
            @Parameters(paramLabel = "POLICY", description = "the policy's name") String policy,
            @Parameters(paramLabel = "FILE", description = "a JSON file with the document") Path file) {
        Map<String, String> arguments = whom(account, who);
        arguments.put("policy", policy);
        arguments.put("document", text(file));
        return print(options, "put-policy", arguments);
    }

    @Command(name = "delete-policy", description = "Takes a policy away from a user or role.")
    int deletePolicy(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Parameters(paramLabel = "WHO") String who,
            @Parameters(paramLabel = "POLICY", description = "the policy's name") String policy) {
        Map<String, String> arguments = whom(account, who);
        arguments.put("policy", policy);
        return print(options, "delete-policy", arguments);
    }

    @Command(
            name = "create-access-key",
            description =
                    "Makes an access key for a user. Its secret is printed, this once, or written to a new file that"
                            + " only you can read.")
    int createAccessKey(
            @Mixin ConfigurationOptions options,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = ACCOUNT_HELP) @Nullable String account,
            @Option(names = "--credentials", paramLabel = "FILE", description = "a new credentials file to write it to")
                    @Nullable
                    Path credentials,
            @Option(
                            names = "--profile",
                            paramLabel = "NAME",
                            description = "the profile in that file (default: the user's name)")
                    @Nullable
                    String profile,
            @Parameters(paramLabel = "USER") String user) {
        KeywardConfiguration configuration = configuration(options);
        CredentialsFile file = credentials == null
                ? null
                : CredentialsFile.ofNewAccessKey(credentials, profile == null ? user : profile);
        NewAccessKey made =
                Objects.requireNonNull(reply(configuration, "create-access-key", whom(account, "user/" + user))
                        .accessKey());
        if (file == null) {
            surroundings.out().println("AccessKeyId      " + made.id());
            surroundings.out().println("SecretAccessKey  " + made.secret());
        } else {
            file.write(made, configuration.regions().getFirst());
            surroundings.out().println(made.id() + " is in " + credentials);
        }
        return ExitCode.DONE;
    }

    @Command(name = "delete-access-key", description = "Deletes an access key.")
    int deleteAccessKey(@Mixin ConfigurationOptions options, @Parameters(paramLabel = "ID") String id) {
        return print(options, "delete-access-key", arguments("id", id));
    }

    @Command(name = "activate-access-key", description = "Lets an access key sign again.")
    int activateAccessKey(@Mixin ConfigurationOptions options, @Parameters(paramLabel = "ID") String id) {
        return print(options, "set-access-key", arguments("id", id, "active", "true"));
    }

    @Command(name = "deactivate-access-key", description = "Lets an access key sign no more, and keeps it.")
    int deactivateAccessKey(@Mixin ConfigurationOptions options, @Parameters(paramLabel = "ID") String id) {
        return print(options, "set-access-key", arguments("id", id, "active", "false"));
    }

    @Command(name = "enable-root", description = "Lets the root identity sign again.")
    int enableRoot(@Mixin ConfigurationOptions options) {
        return print(options, "set-root", arguments("active", "true"));
    }

    @Command(
            name = "disable-root",
            description = "Lets the root identity sign no more, until enable-root, or a start that replaces it.")
    int disableRoot(@Mixin ConfigurationOptions options) {
        return print(options, "set-root", arguments("active", "false"));
    }

    @Command(
            name = "apply",
            description =
                    "Makes users and roles be as a YAML file says, all of it or nothing, and prints what it did. Who is"
                            + " there already keeps unique id and access keys; who is not in the file is left alone.")
    int apply(
            @Mixin ConfigurationOptions options,
            @Option(names = "--dry-run", description = "only print what would be done") boolean dryRun,
            @Option(names = "--prune", description = "delete who is in an account of the file and not in the file")
                    boolean prune,
            @Parameters(paramLabel = "FILE") Path file) {
        return print(
                options,
                "apply",
                arguments(
                        "file", file.toString(),
                        "content", text(file),
                        "dry-run", String.valueOf(dryRun),
                        "prune", String.valueOf(prune)));
    }

    private int print(ConfigurationOptions options, String name, Map<String, String> arguments) {
        IdentityReply reply = reply(configuration(options), name, arguments);
        TextTable table = new TextTable(reply.columns().toArray(String[]::new));
        reply.rows().forEach(row -> table.row(row.toArray(String[]::new)));
        table.lines().forEach(surroundings.out()::println);
        return ExitCode.DONE;
    }

    private IdentityReply reply(KeywardConfiguration configuration, String name, Map<String, String> arguments) {
        IdentityReply reply = IdentityConsole.run(
                configuration, surroundings.clock(), new IdentityCommand(name, arguments, surroundings.operator()));
        if (reply.refusal() != null) {
            throw new CommandException(reply.refusal());
        }
        return reply;
    }

    private KeywardConfiguration configuration(ConfigurationOptions options) {
        return KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
    }

    private Map<String, String> whom(@Nullable String account, String who) {
        List<String> parts = List.of(who.split("/", 2));
        Kind kind = null;
        for (Kind known : Kind.values()) {
            if (parts.getFirst().equals(known.word())) {
                kind = known;
            }
        }
        if (kind == null || parts.size() < 2) {
            throw new CommandException("\"" + who + "\" is nobody; write user/NAME or role/NAME");
        }
        return arguments("account", account, "kind", kind.name(), "name", parts.getLast());
    }

    /** Those of the pairs that have a value. */
    private static Map<String, String> arguments(@Nullable String... namesAndValues) {
        Map<String, String> arguments = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                arguments.put(Objects.requireNonNull(namesAndValues[i]), value);
            }
        }
        return arguments;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException("file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
