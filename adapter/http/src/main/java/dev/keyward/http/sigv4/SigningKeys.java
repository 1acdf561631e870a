package dev.keyward.http.sigv4;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys: what a secret access key becomes for one day, Region and service. They are kept for a while, the secrets are not.
 * A key is kept under the generation of its secret, and whether its identity may still sign is asked anew at every
 * request, so a changed or deactivated access key is out of use at once. Thread-safe.
 */
final class SigningKeys {
    private static final int MAXIMUM_KEPT = 10_000;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final byte[] PREFIX = "AWS4".getBytes(StandardCharsets.US_ASCII);

    private final Cache<Slot, SecretKey> keys = Caffeine.newBuilder()
            .maximumSize(MAXIMUM_KEPT)
            .expireAfterWrite(KEPT)
            .build();
    /** Stands in for the secret of an access key that is not there, so that its absence costs the same work. */
    private final byte[] noSecret = new byte[40];

    SigningKeys() {
        new SecureRandom().nextBytes(noSecret);
    }

    /** The signing key of {@code identity}, or one that nobody can sign with if there is no identity. */
    SecretKey of(Credential credential, @Nullable SigningIdentity identity) {
        if (identity == null) {
            // One slot for all unknown access keys: strangers cannot push the known ones out.
            return keys.get(slot("", credential, ""), slot -> derive(slot, noSecret.clone()));
        }
        return keys.get(
                slot(credential.accessKeyId(), credential, identity.generation()),
                slot -> derive(slot, identity.secret().reveal()));
    }

    private static Slot slot(String accessKeyId, Credential credential, String generation) {
        return new Slot(accessKeyId, credential.date(), credential.region(), credential.service(), generation);
    }

    /** Clears {@code secret}. */
    private static SecretKey derive(Slot slot, byte[] secret) {
        byte[] prefixed = Arrays.copyOf(PREFIX, PREFIX.length + secret.length);
        System.arraycopy(secret, 0, prefixed, PREFIX.length, secret.length);
        Arrays.fill(secret, (byte) 0);
        SecretKey key = Hashing.key(prefixed);
        Arrays.fill(prefixed, (byte) 0);
        for (String step : new String[] {slot.date, slot.region, slot.service, Credential.TERMINATOR}) {
            key = Hashing.key(Hashing.hmac(key, step));
        }
        return key;
    }

    private record Slot(String accessKeyId, String date, String region, String service, String generation) {}
}
