package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.Token;
import dev.keyward.contract.WrappingKeyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Import wrapping keys: RSA keys in the token that unwrap and nothing else, gone after 24 hours. Making one can take
 * seconds, so that is done one at a time from a short queue of its own and cannot hold up anything else. Thread-safe.
 */
final class WrappingKeys implements AutoCloseable {
    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int QUEUE_LENGTH = 16;
    private static final int ID_LENGTH_BYTES = 16;

    private final MetadataStore store;
    private final Token token;
    private final ThreadPoolExecutor maker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_LENGTH),
            Thread.ofPlatform().name("keyward-wrapping-keys").daemon().factory());

    WrappingKeys(MetadataStore store, Token token) {
        this.store = store;
        this.token = token;
    }

    /** A wrapping key that is there, and its public half as the DER of a SubjectPublicKeyInfo. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Made(WrappingKeyRecord record, byte[] publicKey) {}

    /**
     * Makes a wrapping key for a key. Where the key has as many as it may, the oldest makes room.
     *
     * @throws KeywardException with {@link ErrorCode#LIMIT_EXCEEDED} if the account has too many, or {@link
     *     ErrorCode#DEPENDENCY_TIMEOUT} if too many are being made
     */
    Made make(KeyRecord key, int modulusBits, Instant now) {
        List<WrappingKeyRecord> alive = store.listWrappingKeys(key.scope(), key.id());
        for (int surplus = alive.size() - Limits.WRAPPING_KEYS_PER_KEY; surplus >= 0; surplus--) {
            destroy(alive.get(surplus));
        }
        Limits.requireRoom(
                store.countWrappingKeys(key.scope().account()),
                Limits.WRAPPING_KEYS_PER_ACCOUNT,
                "wrapping keys per account");
        Future<Made> made;
        try {
            made = maker.submit(() -> makeNow(key, modulusBits, now));
        } catch (RejectedExecutionException full) {
            throw Refusals.timedOut(null);
        }
        try {
            return made.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            made.cancel(false);
            throw Refusals.timedOut(null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refusals.timedOut(null);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        }
    }

    /** The wrapping key of that id, if it was made for that key and has not expired. */
    Optional<WrappingKeyRecord> find(KeyRecord key, String id, Instant now) {
        return store.findWrappingKey(key.scope(), id)
                .filter(found -> found.key().equals(key.id())
                        && found.presence() == MaterialPresence.PRESENT
                        && now.isBefore(found.expiresAt()));
    }

    /** Destroys a wrapping key; safe to repeat, and to interrupt at any instant. */
    void destroy(WrappingKeyRecord record) {
        boolean ours = record.presence() == MaterialPresence.DESTROYING
                || store.changeWrappingKey(record, record.presence(), MaterialPresence.DESTROYING);
        if (ours) {
            token.destroy(record.reference());
            store.deleteWrappingKey(record);
        }
    }

    private Made makeNow(KeyRecord key, int modulusBits, Instant now) {
        String id = HexFormat.of().formatHex(token.random(ID_LENGTH_BYTES));
        MaterialReference reference = token.reference(MaterialName.ofWrappingKey(
                store.installation(), id, MaterialId.of(token.random(MaterialId.LENGTH_BYTES))));
        WrappingKeyRecord planned = new WrappingKeyRecord(
                key.scope(), id, key.id(), modulusBits, reference, MaterialPresence.CREATING, now, now.plus(VALIDITY));
        store.insertWrappingKey(planned, key.version());
        byte[] publicKey = token.generateWrappingKey(reference, modulusBits);
        if (!store.changeWrappingKey(planned, MaterialPresence.CREATING, MaterialPresence.PRESENT)) {
            token.destroy(reference);
            throw Refusals.timedOut(null);
        }
        return new Made(planned.withPresence(MaterialPresence.PRESENT), publicKey);
    }

    @Override
    public void close() {
        maker.shutdown();
    }
}
