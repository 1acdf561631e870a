package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.pkcs11.Pkcs11Token;
import java.util.List;

/** Certificates for keys in a token: {@code keyward token add-certificates}. Stateless. */
public final class TokenCertificates {
    private TokenCertificates() {}

    /**
     * Puts a certificate beside each of Keyward's key pairs in the configured token that has none, if Java knows its curve. The
     * token is driven by Keyward's own binding, whatever engine is configured.
     *
     * @return the labels of those that got one
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the token cannot be used
     */
    public static List<String> add(TokenSettings settings) {
        return TokenOpener.usable(settings, () -> {
            try (Pkcs11Token token = TokenOpener.openOwn(settings)) {
                return token.addCertificates();
            }
        });
    }
}
