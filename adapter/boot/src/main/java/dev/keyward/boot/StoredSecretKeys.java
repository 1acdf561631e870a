package dev.keyward.boot;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.IdentityStore;
import dev.keyward.contract.TemporarySession;
import dev.keyward.http.sigv4.SecretKeys;
import dev.keyward.http.sigv4.SigningIdentity;
import dev.keyward.http.sigv4.SigningIdentity.Standing;
import dev.keyward.identity.SecretSealer;
import dev.keyward.identity.SessionTokens;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored access keys, and those of sessions, as the signature verifier asks for them. Thread-safe. */
final class StoredSecretKeys implements SecretKeys {
    private final IdentityStore store;
    private final SecretSealer sealer;
    private final SessionTokens sessions;
    private final InstantSource clock;

    /** @param clock what sessions go by */
    StoredSecretKeys(IdentityStore store, SecretSealer sealer, SessionTokens sessions, InstantSource clock) {
        this.store = store;
        this.sealer = sealer;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Optional<SigningIdentity> find(String accessKeyId, @Nullable String sessionToken) {
        return sessionToken == null
                ? store.findAccessKey(accessKeyId).flatMap(this::identity)
                : sessions.open(accessKeyId, sessionToken).map(session -> identity(accessKeyId, sessionToken, session));
    }

    private Optional<SigningIdentity> identity(AccessKeyRecord accessKey) {
        return principal(accessKey)
                .map(principal -> new SigningIdentity(
                        accessKey.account(),
                        principal,
                        accessKey.active() ? Standing.ACTIVE : Standing.INACTIVE,
                        // Sealing the same secret again gives other bytes, so these tell one secret from the next.
                        Base64.getEncoder().encodeToString(accessKey.sealedSecret()),
                        () -> sealer.open(accessKey.id(), accessKey.account(), accessKey.sealedSecret())));
    }

    private Optional<CallerIdentity> principal(AccessKeyRecord accessKey) {
        String userId = accessKey.userId();
        return userId == null
                ? Optional.of(new CallerIdentity.RootUser(accessKey.account()))
                : store.findIdentity(userId).map(user -> new CallerIdentity.User(user.arn(), user.uniqueId()));
    }

    private SigningIdentity identity(String accessKeyId, String sessionToken, TemporarySession session) {
        boolean isOver = !clock.instant().isBefore(session.expiresAt());
        return new SigningIdentity(
                session.account(),
                new CallerIdentity.RoleSession(session),
                isOver ? Standing.EXPIRED : Standing.ACTIVE,
                sessionToken,
                () -> sessions.secret(accessKeyId, sessionToken));
    }
}
