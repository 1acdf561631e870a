package dev.keyward.pkcs11;

import dev.keyward.contract.KeyAlgorithm;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.TokenCapability;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import dev.keyward.pkcs11.session.MechanismDescription;
import dev.keyward.pkcs11.session.Slots;
import dev.keyward.pkcs11.session.TokenDescription;
import dev.keyward.pkcs11.session.TokenSelector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a library what its tokens offer and what of Keyward would work on them, without logging in. Stateless. */
public final class TokenProbe {
    private TokenProbe() {}

    /**
     * One token.
     *
     * @param library the file of the library that shows it
     * @param token what it says of itself
     * @param mechanisms what it offers
     * @param profile by which it would be driven; empty if none recognises it
     * @param findings a row for each capability; empty if there is no profile
     * @param keys a row for each key spec; empty if there is no profile
     * @param imports a row for each key spec: whether its material can be imported; empty if there is no profile
     */
    public record ProbedToken(
            Path library,
            TokenDescription token,
            List<MechanismDescription> mechanisms,
            Optional<HsmProfile> profile,
            List<Finding> findings,
            List<KeyFinding> keys,
            List<KeyFinding> imports) {}

    /**
     * Whether something would work on a token.
     *
     * @param capability what
     * @param works whether
     * @param because by which mechanisms, or why not
     */
    public record Finding(TokenCapability capability, boolean works, String because) {}

    /**
     * Whether keys of a spec would work on a token.
     *
     * @param spec which
     * @param works whether they can be made, or imported
     * @param because by which mechanisms they are made and used, or imported, or why they cannot be; and which of their
     *     algorithms are missing, for want of which mechanism
     */
    public record KeyFinding(KeySpec spec, boolean works, String because) {}

    /**
     * Asks the library of a profile, by which each of its tokens is judged, whether or not it recognises them.
     *
     * @param library the library's file; null for the first of the profile's that is there
     * @param directory where the tokens' files are, for profiles that need it
     * @throws TokenException with {@link Reason#UNAVAILABLE} or another reason if the library fails
     * @throws IllegalArgumentException if there is no such library, or it needs a directory
     */
    public static List<ProbedToken> probe(HsmProfile profile, @Nullable Path library, @Nullable Path directory) {
        try (Pkcs11Library open = Libraries.open(profile, library, directory)) {
            return probe(open, token -> Optional.of(profile));
        } catch (Pkcs11Exception e) {
            throw Failures.translate(e);
        }
    }

    /**
     * Finds the one token that is meant.
     *
     * @param library the library's file; null for the first of the profile's that is there
     * @param directory where the tokens' files are, for profiles that need it
     * @throws TokenException with {@link Reason#UNAVAILABLE} if none or several are, or another reason if the library fails
     * @throws IllegalArgumentException if there is no such library, or it needs a directory
     */
    public static ProbedToken find(
            HsmProfile profile, @Nullable Path library, @Nullable Path directory, TokenSelector selector) {
        try (Pkcs11Library open = Libraries.open(profile, library, directory)) {
            Slots slots = new Slots(open.cryptoki());
            TokenDescription token = slots.find(selector);
            return probe(open.path(), token, slots.mechanisms(token.slot()), Optional.of(profile));
        } catch (Pkcs11Exception e) {
            throw Failures.translate(e);
        }
    }

    /**
     * Asks any library, known to a profile or not. It is initialised with nothing.
     *
     * @param profiles what its tokens are recognised by
     * @throws TokenException with {@link Reason#UNAVAILABLE} or another reason if the library fails
     * @throws IllegalArgumentException if there is no such library
     */
    public static List<ProbedToken> probe(Path library, HsmProfiles profiles) {
        try (Pkcs11Library open = Pkcs11Library.open(library, null)) {
            return probe(open, profiles::recognising);
        } catch (Pkcs11Exception e) {
            throw Failures.translate(e);
        }
    }

    private static List<ProbedToken> probe(
            Pkcs11Library library, Function<TokenDescription, Optional<HsmProfile>> judge) {
        Slots slots = new Slots(library.cryptoki());
        return slots.tokens().stream()
                .map(token -> probe(library.path(), token, slots.mechanisms(token.slot()), judge.apply(token)))
                .toList();
    }

    private static ProbedToken probe(
            Path library, TokenDescription token, List<MechanismDescription> mechanisms, Optional<HsmProfile> profile) {
        Set<Long> offered = mechanisms.stream().map(MechanismDescription::code).collect(Collectors.toUnmodifiableSet());
        Optional<Capabilities> capabilities = profile.map(known -> new Capabilities(known, offered));
        return new ProbedToken(
                library,
                token,
                mechanisms,
                profile,
                capabilities.map(TokenProbe::findings).orElse(List.of()),
                capabilities.map(TokenProbe::keys).orElse(List.of()),
                capabilities.map(TokenProbe::imports).orElse(List.of()));
    }

    private static List<Finding> findings(Capabilities capabilities) {
        return Arrays.stream(TokenCapability.values())
                .map(capability -> {
                    Capabilities.Finding finding = capabilities.finding(capability);
                    return new Finding(capability, finding.works(), finding.because());
                })
                .toList();
    }

    private static List<KeyFinding> keys(Capabilities capabilities) {
        return Arrays.stream(KeySpec.values())
                .map(spec -> key(capabilities, spec))
                .toList();
    }

    private static List<KeyFinding> imports(Capabilities capabilities) {
        return Arrays.stream(KeySpec.values())
                .map(spec -> {
                    Capabilities.Finding finding = capabilities.importing(spec);
                    return new KeyFinding(spec, finding.works(), finding.because());
                })
                .toList();
    }

    private static KeyFinding key(Capabilities capabilities, KeySpec spec) {
        Capabilities.Finding made = capabilities.finding(spec);
        if (!made.works()) {
            return new KeyFinding(spec, false, made.because());
        }
        String used = spec.algorithms().stream()
                .map(algorithm -> used(algorithm, capabilities.finding(algorithm)))
                .distinct()
                .collect(Collectors.joining(", "));
        return new KeyFinding(spec, true, made.because() + ", " + used);
    }

    private static String used(KeyAlgorithm algorithm, Capabilities.Finding finding) {
        return finding.works() ? finding.because() : "not " + algorithm.name() + ": " + finding.because();
    }
}
