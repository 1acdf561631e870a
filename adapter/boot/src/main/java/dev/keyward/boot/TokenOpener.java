package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.Pkcs11Configuration;
import dev.keyward.pkcs11.Pkcs11Token;
import dev.keyward.pkcs11.SoftHsmDirectory;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.NativeEnvironment;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.TokenSelector;
import dev.keyward.sunpkcs11.SunPkcs11Token;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;

/** Opens the configured token, with the configured engine. Stateless. */
final class TokenOpener {
    private TokenOpener() {}

    /**
     * Loads the library, finds the token and logs in.
     *
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the token cannot be used
     */
    static Token open(TokenSettings settings) {
        return switch (settings.engine()) {
            case KEYWARD -> openOwn(settings);
            case SUNPKCS11 -> openSunPkcs11(settings);
        };
    }

    /** Does the same with Keyward's own binding, whatever engine is configured. */
    static Pkcs11Token openOwn(TokenSettings settings) {
        Pkcs11Configuration configuration = configuration(settings);
        prepare(settings);
        return usable(settings, () -> Pkcs11Token.open(configuration));
    }

    private static SunPkcs11Token openSunPkcs11(TokenSettings settings) {
        HsmProfile profile = profile(settings);
        prepare(settings);
        return usable(
                settings,
                () -> SunPkcs11Token.open(
                        SunPkcs11Slot.find(settings, profile).configuration(settings, profile, pin(settings))));
    }

    /**
     * Does something with the token.
     *
     * @throws StartException if it cannot be used
     */
    static <T> T usable(TokenSettings settings, Supplier<T> action) {
        try {
            return action.get();
        } catch (TokenException | IllegalArgumentException | PinSource.PinUnavailableException e) {
            throw new StartException("token " + settings.name() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Does what must be done before the library is loaded.
     *
     * @throws StartException if it cannot be done
     */
    static void prepare(TokenSettings settings) {
        settings.environment().forEach(NativeEnvironment::set);
        if (settings.directory() != null) {
            try {
                SoftHsmDirectory.follow(settings.directory());
            } catch (IOException e) {
                throw new StartException(
                        "the token's directory " + settings.directory() + " cannot be used: " + Reasons.of(e), e);
            }
        }
    }

    /** Which of the library's tokens is meant. */
    static TokenSelector selector(TokenSettings settings) {
        return new TokenSelector(settings.label(), settings.serialNumber(), settings.model());
    }

    /**
     * How it is driven.
     *
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     */
    static HsmProfile profile(TokenSettings settings) {
        return Profiles.read(settings.profiles()).named(settings.profile());
    }

    private static Pkcs11Configuration configuration(TokenSettings settings) {
        return new Pkcs11Configuration(
                settings.name(),
                settings.library(),
                settings.directory(),
                selector(settings),
                profile(settings),
                pin(settings),
                Objects.requireNonNullElse(settings.sessions(), Pkcs11Configuration.DEFAULT_SESSIONS),
                Pkcs11Configuration.DEFAULT_SESSION_WAIT);
    }

    private static PinSource pin(TokenSettings settings) {
        return switch (settings.pin()) {
            case SecretSource.File(var path) -> PinSource.file(path);
            case SecretSource.Variable(String name) -> PinSource.environment(name);
            case SecretSource.Prompt prompt -> PinSource.prompt("user PIN of token " + settings.name());
        };
    }
}
