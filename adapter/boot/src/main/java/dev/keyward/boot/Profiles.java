package dev.keyward.boot;

import dev.keyward.boot.settings.ConfigurationException;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.profile.HsmProfiles;
import dev.keyward.pkcs11.profile.ProfileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The profiles of HSMs: those that Keyward brings, or those of a directory. Immutable and thread-safe. */
public final class Profiles {
    private static final String BUNDLED = "hsm-config/";

    private final HsmProfiles profiles;

    private Profiles(HsmProfiles profiles) {
        this.profiles = profiles;
    }

    /**
     * Reads them.
     *
     * @param directory of profiles to use in place of those that Keyward brings; null for none
     * @throws ConfigurationException if one of them is wrong, or the directory cannot be read
     */
    public static Profiles read(@Nullable Path directory) {
        try {
            return new Profiles(directory != null ? HsmProfiles.read(directory) : bundled());
        } catch (ProfileException e) {
            throw new ConfigurationException("token.profiles: " + e.getMessage());
        }
    }

    /**
     * The profile of that name.
     *
     * @throws ConfigurationException if there is none
     */
    public HsmProfile named(String name) {
        return profiles.named(name)
                .orElseThrow(() -> new ConfigurationException("token.profile: there is no profile \""
                        + name + "\"; there are "
                        + profiles.all().stream().map(HsmProfile::name).collect(Collectors.joining(", "))));
    }

    /** All of them. */
    public HsmProfiles all() {
        return profiles;
    }

    private static HsmProfiles bundled() {
        URL url = Objects.requireNonNull(Profiles.class.getResource(BUNDLED), BUNDLED);
        try {
            URI uri = url.toURI();
            if (uri.getScheme().equals("file")) {
                return HsmProfiles.read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return HsmProfiles.read(jar.provider().getPath(uri));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no place for a resource: " + url, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
