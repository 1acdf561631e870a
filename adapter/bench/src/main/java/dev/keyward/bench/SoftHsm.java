package dev.keyward.bench;

import dev.keyward.boot.Profiles;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.NativeEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;

/** SoftHSM's library, for what uses it without Keyward. Stateless. */
final class SoftHsm {
    private static final HsmProfile PROFILE = Profiles.read(null).named("softhsm2");

    private SoftHsm() {}

    /** Points the library, which is not loaded yet, to the token of a home; gives its file. */
    static Path prepare(FreshHome home) {
        PROFILE.environment(home.token().directory()).forEach(NativeEnvironment::set);
        return PROFILE.libraries().stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow();
    }
}
