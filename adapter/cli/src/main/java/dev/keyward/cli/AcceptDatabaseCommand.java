package dev.keyward.cli;

import dev.keyward.boot.DatabaseAcceptance;
import dev.keyward.boot.KeywardConfiguration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a database as it is that a start has refused. */
@Command(
        name = "accept-database",
        description = {
            "Takes a database as it is whose rows are not as Keyward left them. Each row that decides something (keys,"
                    + " aliases, grants, users, roles, access keys) carries a seal that only the token can make, and a"
                    + " server does not start on rows that somebody else has changed, removed or put back. There are three"
                    + " good reasons for such rows: the database was restored from a backup, you repaired it by hand, or"
                    + " an earlier Keyward wrote it, which made no seals. If it is none of these, find out who it was.",
            "",
            "Without --yes it prints what is wrong, does nothing, and ends with exit code 1. With --yes it seals every"
                    + " row as it is now, and the audit trail says so, and who did it. No server may run on the home.",
        },
        footer = {"Example:", "  keyward accept-database --home keyward-home --yes"})
final class AcceptDatabaseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    AcceptDatabaseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        KeywardConfiguration configuration =
                KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
        List<String> faults = DatabaseAcceptance.faults(configuration);
        if (faults.isEmpty()) {
            surroundings.out().println("every row is as Keyward left it: there is nothing to accept");
            return ExitCode.DONE;
        }
        faults.forEach(surroundings.out()::println);
        if (!yes) {
            surroundings.err().println("nothing was done; with --yes the database is taken as it is");
            return ExitCode.FAILED;
        }
        DatabaseAcceptance.accept(configuration, surroundings.clock(), surroundings.operator(), faults);
        surroundings.out().println("the database was taken as it is, and the audit trail says so");
        return ExitCode.DONE;
    }
}
