package dev.keyward.pkcs11;

import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.raw.NativeEnvironment;
import dev.keyward.pkcs11.raw.Pkcs11Library;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the library of a profile, with what it finds in its environment. */
final class Libraries {
    private Libraries() {}

    /**
     * Opens it.
     *
     * @param library its file; null for the first of the profile's that is there
     * @param directory where the token's files are, for profiles that need it
     * @throws IllegalArgumentException if it is not there
     */
    static Pkcs11Library open(HsmProfile profile, @Nullable Path library, @Nullable Path directory) {
        profile.environment(directory).forEach(NativeEnvironment::set);
        return Pkcs11Library.open(library != null ? library : find(profile), profile.initialisation(directory));
    }

    private static Path find(HsmProfile profile) {
        return profile.libraries().stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the library of " + profile.title()
                        + " is not installed: there is none of " + String.join(", ", profile.libraries())));
    }
}
