package dev.keyward.boot;

import dev.keyward.boot.KeywardConfiguration.TokenSettings;
import dev.keyward.pkcs11.profile.HsmProfile;

/** The configuration file by which the JDK's own provider finds a token: {@code keyward token sunpkcs11-config}. Stateless. */
public final class SunPkcs11File {
    private SunPkcs11File() {}

    /**
     * Writes it for the configured token, whatever engine uses that, without logging in.
     *
     * @throws dev.keyward.boot.settings.ConfigurationException if there is no such profile
     * @throws StartException if the token is not there, or SunPKCS11 could not use it
     */
    public static String of(TokenSettings settings) {
        HsmProfile profile = TokenOpener.profile(settings);
        TokenOpener.prepare(settings);
        return TokenOpener.usable(
                settings, () -> SunPkcs11Slot.find(settings, profile).configurationFile(settings, profile));
    }
}
