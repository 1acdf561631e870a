package dev.keyward.cli;

import dev.keyward.boot.StartException;
import dev.keyward.boot.settings.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, and turns whatever goes wrong in one into one line and an exit code. */
final class KeywardCommandLine {
    private KeywardCommandLine() {}

    /** Runs a command; the exit code is one of {@link ExitCode}. */
    static int run(Surroundings surroundings, String... arguments) {
        CommandLine token = new CommandLine(new TokenCommand())
                .addSubcommand(new TokenInitCommand(surroundings))
                .addSubcommand(new TokenProbeCommand(surroundings))
                .addSubcommand(new TokenSunPkcs11ConfigCommand(surroundings))
                .addSubcommand(new TokenAddCertificatesCommand(surroundings));
        CommandLine audit = new CommandLine(new AuditCommand())
                .addSubcommand(new AuditVerifyCommand(surroundings))
                .addSubcommand(new AuditQueryCommand(surroundings));
        CommandLine keyward = new CommandLine(new KeywardCommand())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(token)
                .addSubcommand(new ImportMaterialCommand(surroundings))
                .addSubcommand(audit)
                .addSubcommand(new IdentityCommands(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new AcceptDatabaseCommand(surroundings))
                .addSubcommand(new SettingsCommand(surroundings));
        return keyward.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpLongOptionsMaxWidth(30)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, given) -> wrongUse(surroundings, e))
                .setExecutionExceptionHandler((e, command, result) -> failure(surroundings, command, e))
                .execute(arguments);
    }

    private static int wrongUse(Surroundings surroundings, ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String suggestion = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().getFirst() + "?"
                : "";
        return say(surroundings, name, oneLine(e) + suggestion + " (" + name + " --help)", e, ExitCode.WRONG_USE);
    }

    private static int failure(Surroundings surroundings, CommandLine command, Exception e) {
        String name = command.getCommandSpec().qualifiedName();
        return switch (e) {
            case ConfigurationException wrong -> say(surroundings, name, oneLine(e), e, ExitCode.WRONG_USE);
            case StartException refused -> say(surroundings, name, oneLine(e), e, ExitCode.FAILED);
            case CommandException failed -> say(surroundings, name, oneLine(e), e, ExitCode.FAILED);
            default ->
                say(
                        surroundings,
                        name,
                        "unexpected " + e.getClass().getSimpleName() + ": " + oneLine(e)
                                + (surroundings.debug() ? "" : " (KEYWARD_DEBUG=true shows where)"),
                        e,
                        ExitCode.FAILED);
        };
    }

    private static int say(Surroundings surroundings, String name, String line, Exception e, int exitCode) {
        surroundings.err().println(name + ": " + line);
        if (surroundings.debug()) {
            e.printStackTrace(surroundings.err());
        }
        return exitCode;
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
