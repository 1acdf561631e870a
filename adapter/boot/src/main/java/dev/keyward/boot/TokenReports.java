package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.TokenProbe;
import dev.keyward.pkcs11.TokenProbe.KeyFinding;
import dev.keyward.pkcs11.TokenProbe.ProbedToken;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.pkcs11.session.TokenSelector;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks PKCS#11 libraries about their tokens: {@code keyward token probe}. Logs in nowhere. Stateless. */
public final class TokenReports {
    private TokenReports() {}

    /**
     * Reports on the configured token; on each, if the configuration fits several.
     *
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the library cannot be asked, or shows no such token
     */
    public static List<TokenReport> configured(TokenSettings settings) {
        TokenSelector selector = TokenOpener.selector(settings);
        HsmProfile profile = TokenOpener.profile(settings);
        TokenOpener.prepare(settings);
        return chosen(
                asked(() -> TokenProbe.probe(profile, settings.library(), settings.directory())),
                selector::accepts,
                selector.toString());
    }

    /**
     * Reports on the tokens of a library, whether or not anything is configured: on those that are initialised, or on all
     * if none is.
     *
     * @param library the library; null for the first of the profile's that is there
     * @param profile the profile to judge by; null for the first that recognises the token
     * @param profiles a directory of profiles to use in place of those that Keyward brings; null for none
     * @param directory where the tokens' files are, for profiles that need it
     * @param label reports only on tokens of that label; null for any
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the library cannot be asked, or shows no such token
     * @throws IllegalArgumentException if neither library nor profile is given
     */
    public static List<TokenReport> of(
            @Nullable Path library,
            @Nullable String profile,
            @Nullable Path profiles,
            @Nullable Path directory,
            @Nullable String label) {
        Profiles known = Profiles.read(profiles);
        List<ProbedToken> tokens;
        if (profile != null) {
            HsmProfile named = known.named(profile);
            tokens = asked(() -> TokenProbe.probe(named, library, directory));
        } else if (library != null) {
            Path file = library;
            tokens = asked(() -> TokenProbe.probe(file, known.all()));
        } else {
            throw new IllegalArgumentException("neither a library nor a profile is given");
        }
        if (label != null) {
            TokenSelector selector = TokenSelector.label(label);
            return chosen(tokens, selector::accepts, selector.toString());
        }
        boolean anyInitialized = tokens.stream().map(ProbedToken::token).anyMatch(TokenDescription::isInitialized);
        return chosen(tokens, token -> token.isInitialized() || !anyInitialized, "a name");
    }

    private static List<ProbedToken> asked(Supplier<List<ProbedToken>> probe) {
        try {
            return probe.get();
        } catch (TokenException | IllegalArgumentException e) {
            throw new StartException("no token can be asked: " + e.getMessage(), e);
        }
    }

    private static List<TokenReport> chosen(
            List<ProbedToken> tokens, Predicate<TokenDescription> wanted, String description) {
        if (tokens.isEmpty()) {
            throw new StartException("the library shows no token at all");
        }
        List<TokenReport> reports = tokens.stream()
                .filter(probed -> wanted.test(probed.token()))
                .map(TokenReports::report)
                .toList();
        if (reports.isEmpty()) {
            throw new StartException("no token has " + description + "; there is: "
                    + tokens.stream()
                            .map(probed -> probed.token().isInitialized()
                                    ? probed.token().toString()
                                    : "one that is not initialised")
                            .collect(Collectors.joining("; ")));
        }
        return reports;
    }

    private static TokenReport report(ProbedToken probed) {
        TokenDescription token = probed.token();
        return new TokenReport(
                probed.library(),
                token.label(),
                token.serialNumber(),
                token.model(),
                token.manufacturer(),
                token.firmwareVersion(),
                token.isInitialized(),
                userPin(token),
                probed.mechanisms().stream()
                        .map(mechanism -> new TokenReport.Mechanism(
                                mechanism.name(),
                                mechanism.minimumKeySize(),
                                mechanism.maximumKeySize(),
                                mechanism.uses()))
                        .toList(),
                probed.profile().map(profile -> profile(profile, token)).orElse(null),
                probed.findings().stream()
                        .map(finding ->
                                new TokenReport.Capability(finding.capability(), finding.works(), finding.because()))
                        .toList(),
                keys(probed.keys()),
                keys(probed.imports()));
    }

    private static List<TokenReport.Keys> keys(List<KeyFinding> findings) {
        return findings.stream()
                .map(finding -> new TokenReport.Keys(finding.spec(), finding.works(), finding.because()))
                .toList();
    }

    private static TokenReport.UserPin userPin(TokenDescription token) {
        if (token.isUserPinLocked()) {
            return TokenReport.UserPin.LOCKED;
        }
        return token.hasUserPin() ? TokenReport.UserPin.SET : TokenReport.UserPin.NOT_SET;
    }

    private static TokenReport.Profile profile(HsmProfile profile, TokenDescription token) {
        return new TokenReport.Profile(
                profile.name(), profile.status() == HsmProfile.Status.PROVEN, profile.recognises(token));
    }
}
