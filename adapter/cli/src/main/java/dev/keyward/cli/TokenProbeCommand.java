package dev.keyward.cli;

import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.TokenReport;
import dev.keyward.boot.TokenReports;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what a token offers and what of Keyward would work on it. */
@Command(
        name = "probe",
        description = {
            "Prints three tables for a token: what it says of itself; the mechanisms that it offers, with their key sizes"
                    + " (in bits or bytes, as each mechanism counts) and uses; and what of Keyward would work on it, by"
                    + " which mechanism or why not.",
            "",
            "Without options, or with --home or --config, it asks the configured token. With --library or --profile it"
                    + " asks any library, configured or not, and reports on each token of it that is initialised.",
            "",
            "It neither logs in nor makes a key, so no PIN is needed, and what would work is what the token's own list"
                    + " and the profile promise. 'keyward doctor' logs in to the configured token.",
        },
        footer = {
            "Examples:",
            "  keyward token probe --home keyward-home",
            "  keyward token probe --library /usr/lib/softhsm/libsofthsm2.so",
            "  keyward token probe --profile luna --label partition-1",
            "  keyward token probe --profile nss --directory ~/.pki/nssdb",
            "  keyward token probe --profiles my-profiles --profile my-hsm --library /opt/hsm/lib/libpkcs11.so",
        })
final class TokenProbeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--library",
            paramLabel = "FILE",
            description = "the PKCS#11 library to ask (default: where the profile says it usually lies)")
    private @Nullable Path library;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "the profile to judge by (default: the first that recognises the token)")
    private @Nullable String profile;

    @Option(
            names = "--profiles",
            paramLabel = "DIR",
            description = "a directory of profiles to use in place of those that Keyward brings")
    private @Nullable Path profiles;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "the tokens' own directory, for tokens that are files; needs --profile")
    private @Nullable Path directory;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            description = "report only on the token of this label (default: on all that are initialised)")
    private @Nullable String label;

    TokenProbeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        boolean first = true;
        for (TokenReport report : reports()) {
            if (!first) {
                surroundings.out().println();
            }
            first = false;
            TokenReportText.lines(report).forEach(surroundings.out()::println);
        }
        return ExitCode.DONE;
    }

    private List<TokenReport> reports() {
        boolean anyLibrary =
                Stream.of(library, profile, profiles, directory, label).anyMatch(Objects::nonNull);
        if (!anyLibrary) {
            return TokenReports.configured(
                    KeywardConfiguration.load(options.settings(), surroundings.environment(), options.file())
                            .token());
        }
        if (options.isGiven()) {
            throw wrongUse("--home and --config ask the configured token: they go with no other option");
        }
        if (library == null && profile == null) {
            throw wrongUse("--library or --profile is missing: whose tokens?");
        }
        if (directory != null && profile == null) {
            throw wrongUse("--directory needs --profile, which says what the library makes of it");
        }
        return TokenReports.of(library, profile, profiles, directory, label);
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
