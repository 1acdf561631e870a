package dev.keyward.http.sigv4;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallerIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Access keys in memory. Thread-safe. */
public final class Identities implements SecretKeys {
    public static final String ACCESS_KEY_ID = "KWIDEXAMPLE000000001";
    public static final String SECRET = "not-a-secret-but-forty-characters-long-x";
    public static final AccountId ACCOUNT = new AccountId("111122223333");
    public static final CallerIdentity PRINCIPAL = new CallerIdentity.RootUser(ACCOUNT);

    private final Map<String, SigningIdentity> identities = new ConcurrentHashMap<>();
    private final AtomicInteger reveals = new AtomicInteger();

    /** With the one access key above. */
    public static Identities withExample() {
        Identities identities = new Identities();
        identities.put(ACCESS_KEY_ID, SECRET, true, "1");
        return identities;
    }

    public void put(String accessKeyId, String secret, boolean active, String generation) {
        identities.put(
                accessKeyId,
                new SigningIdentity(
                        ACCOUNT,
                        PRINCIPAL,
                        active ? SigningIdentity.Standing.ACTIVE : SigningIdentity.Standing.INACTIVE,
                        generation,
                        () -> {
                            reveals.incrementAndGet();
                            return secret.getBytes(StandardCharsets.UTF_8);
                        }));
    }

    public void remove(String accessKeyId) {
        identities.remove(accessKeyId);
    }

    /** How often a secret was read. */
    public int reveals() {
        return reveals.get();
    }

    @Override
    public Optional<SigningIdentity> find(String accessKeyId, @Nullable String sessionToken) {
        return Optional.ofNullable(identities.get(accessKeyId));
    }
}
