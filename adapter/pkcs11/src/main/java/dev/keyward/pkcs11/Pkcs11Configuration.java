package dev.keyward.pkcs11;

import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.session.PinSource;
import dev.keyward.pkcs11.session.TokenSelector;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to open a token. Immutable and thread-safe.
 *
 * @param name the token's name in the configuration, which references carry
 * @param library the library's file; null for the first of the profile's that is there
 * @param directory where the token's files are, for profiles that need it
 * @param selector which token
 * @param profile how it is driven
 * @param pin where its user PIN comes from
 * @param maximumSessions how many calls run at once; never more than the profile allows
 * @param sessionWait how long a call waits for a session
 */
public record Pkcs11Configuration(
        String name,
        @Nullable Path library,
        @Nullable Path directory,
        TokenSelector selector,
        HsmProfile profile,
        PinSource pin,
        int maximumSessions,
        Duration sessionWait) {
    /** How many calls run at once where nothing else is said. */
    public static final int DEFAULT_SESSIONS = 16;
    /** How long a call waits where nothing else is said. */
    public static final Duration DEFAULT_SESSION_WAIT = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if {@code maximumSessions} is not positive */
    public Pkcs11Configuration {
        if (maximumSessions < 1) {
            throw new IllegalArgumentException("a token needs at least one session");
        }
    }
}
