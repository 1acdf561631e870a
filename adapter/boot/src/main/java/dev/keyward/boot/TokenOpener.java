package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.SecretSource;
import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.contract.TokenException;
import dev.keyward.pkcs11.Pkcs11Configuration;
import dev.keyward.pkcs11.Pkcs11Token;
import dev.keyward.pkcs11.SoftHsmDirectory;
import dev.keyward.pkcs11.raw.NativeEnvironment;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.TokenSelector;
import java.io.IOException;
import java.util.Objects;

/** Opens the configured token. Stateless. */
final class TokenOpener {
    private TokenOpener() {}

    /**
     * Loads the library, finds the token and logs in.
     *
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the token cannot be used
     */
    static Pkcs11Token open(TokenSettings settings) {
        Pkcs11Configuration configuration = configuration(settings);
        prepare(settings);
        try {
            return Pkcs11Token.open(configuration);
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

    private static Pkcs11Configuration configuration(TokenSettings settings) {
        return new Pkcs11Configuration(
                settings.name(),
                settings.library(),
                settings.directory(),
                selector(settings),
                Profiles.read(settings.profiles()).named(settings.profile()),
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
