package dev.keyward.cli;

import dev.keyward.boot.Doctor;
import dev.keyward.boot.Finding;
import dev.keyward.boot.KeywardConfiguration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks whether an installation is sound, and says so line by line. */
@Command(
        name = "doctor",
        description = {
            "Checks an installation and changes nothing: the configuration; who may read the home, the credentials and the"
                    + " PIN; whether the token answers and what it can do; the database; the service keys; the seals of the"
                    + " rows; rows whose object is not in the token; and objects of this installation that no row knows,"
                    + " which are reported and never destroyed. (Where the home was moved, SoftHSM's own configuration"
                    + " file in it is brought up to date.)",
            "",
            "If a server runs on the home it says so, and checks what can be checked beside it.",
        },
        footer = {"Example:", "  keyward doctor --home keyward-home || echo 'something is wrong'"})
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        KeywardConfiguration configuration =
                KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file());
        List<Finding> findings = Doctor.examine(configuration, surroundings.clock());
        TextTable table = new TextTable("check", "verdict", "detail");
        findings.forEach(finding -> table.row(finding.check(), verdict(finding), finding.detail()));
        table.lines().forEach(surroundings.out()::println);
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.FAULT)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private static String verdict(Finding finding) {
        return switch (finding.verdict()) {
            case GOOD -> "good";
            case NOTE -> "note";
            case NOT_CHECKED -> "not checked";
            case FAULT -> "FAULT";
        };
    }
}
