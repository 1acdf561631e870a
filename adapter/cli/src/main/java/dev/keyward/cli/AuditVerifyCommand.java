package dev.keyward.cli;

import dev.keyward.audit.Verification;
import dev.keyward.boot.AuditInspection;
import dev.keyward.boot.KeywardConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether an audit trail is what was written, and names the first record that is not. */
@Command(
        name = "verify",
        description = {
            "Reads the audit trail from its beginning and looks whether every record is what was written, in its place."
                    + " Ends at the first fault, names it (file, line, chain, record), and exits with 1: a record that was"
                    + " changed, removed, put elsewhere, or cut off at the end.",
            "",
            "It needs the token, which sealed the keys of the trail's MACs, and the database, which knows how far each"
                    + " chain goes. It changes neither, and a server may run on the home meanwhile: then what is written"
                    + " after the command began is not looked at.",
            "",
            "A chain that was interrupted (the process was killed) is no fault, and is named: the records after its last"
                    + " checkpoint are vouched for only by the next chain's first record.",
        },
        footer = {
            "Examples:",
            "  keyward audit verify --home /var/lib/keyward",
            "  keyward audit verify --home /var/lib/keyward --directory /archive/audit \\",
            "      --directory /var/lib/keyward/audit",
            "  keyward audit verify --home /var/lib/keyward --directory /mnt/copy-of-some-files --part",
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "where the trail's files are, if not all in DIR/audit of the home; may be given again: together"
                            + " they are one trail")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = "--part",
            description = "the files are a part of a trail: do not look for what is missing before, between and after"
                    + " them")
    private boolean part;

    AuditVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        KeywardConfiguration configuration =
                KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
        Verification found = AuditInspection.verify(
                configuration,
                directories.isEmpty() ? List.of(AuditInspection.directory(configuration.home())) : directories,
                part);
        found.notes().forEach(note -> surroundings.out().println("note: " + note));
        Verification.Fault fault = found.fault();
        if (fault != null) {
            surroundings.out().println("FAULT: " + fault.place() + ": " + fault.what());
            return ExitCode.FAILED;
        }
        surroundings
                .out()
                .println("%d records of %d chains in %d files are what was written"
                        .formatted(found.records(), found.chains(), found.files()));
        return ExitCode.DONE;
    }
}
