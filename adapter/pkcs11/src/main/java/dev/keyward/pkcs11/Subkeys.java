package dev.keyward.pkcs11;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.keyward.contract.MaterialReference;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.session.Keeper;
import dev.keyward.pkcs11.session.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The working subkeys of a connection: for each material the one that encrypts now, and the ones that lately decrypted.
 * Thread-safe.
 *
 * <p>A use holds its material's gate as a reader from before the subkey is derived until the token has answered; to
 * forget is to be the gate's writer. So when {@link #forget} returns, uses under way have ended, and what they used is
 * destroyed.
 */
final class Subkeys {
    /** How many messages one subkey encrypts. */
    static final long MAXIMUM_MESSAGES = 1L << 24;
    /** How long one subkey encrypts. */
    static final Duration MAXIMUM_AGE = Duration.ofHours(1);

    /** How many decrypting subkeys are kept. */
    static final int MAXIMUM_DECRYPTING = 4096;

    /** What stands between a material's users and whoever forgets it. */
    private static final class Gate {
        private final ReadWriteLock lock = new ReentrantReadWriteLock();
        private boolean forgotten;
        private volatile @Nullable Subkey encrypting;
    }

    /** The gate, by its identity, and a nonce. */
    @SuppressWarnings("ArrayRecordComponent") // equality is of the contents
    private record DecryptingKey(Gate gate, SubkeyDerivation derivation, byte[] nonce) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof DecryptingKey that
                    && gate == that.gate
                    && derivation == that.derivation
                    && Arrays.equals(nonce, that.nonce);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(gate) + Arrays.hashCode(nonce);
        }
    }

    private final Keeper keeper;
    private final TokenObjects objects;
    private final KeyTemplates templates;
    private final LongSupplier nanoseconds;
    private final ConcurrentMap<MaterialReference, Gate> gates = new ConcurrentHashMap<>();
    private final Cache<DecryptingKey, Subkey> decrypting;

    /** @param nanoseconds a clock that only goes forward */
    Subkeys(Keeper keeper, TokenObjects objects, KeyTemplates templates, LongSupplier nanoseconds) {
        this.keeper = keeper;
        this.objects = objects;
        this.templates = templates;
        this.nanoseconds = nanoseconds;
        this.decrypting = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_DECRYPTING)
                .executor(Runnable::run)
                .removalListener((@Nullable DecryptingKey key, @Nullable Subkey subkey, RemovalCause cause) -> {
                    if (subkey != null) {
                        subkey.retire();
                    }
                })
                .build();
    }

    /** Lends the subkey that encrypts now. */
    <T> T encrypting(
            Session session, MaterialReference reference, SubkeyDerivation derivation, Function<Subkey, T> use) {
        return throughGate(reference, gate -> {
            Subkey subkey = acquireEncrypting(session, reference, derivation, gate);
            return lend(subkey, use, () -> replaceEncrypting(gate, subkey, null), () -> {
                return acquireEncrypting(session, reference, derivation, gate);
            });
        });
    }

    /** Lends the subkey that a nonce stands for. */
    <T> T decrypting(
            Session session,
            MaterialReference reference,
            SubkeyDerivation derivation,
            byte[] nonce,
            Function<Subkey, T> use) {
        return throughGate(reference, gate -> {
            DecryptingKey key = new DecryptingKey(gate, derivation, nonce.clone());
            Subkey subkey = acquireDecrypting(session, reference, key);
            return lend(subkey, use, () -> decrypting.asMap().remove(key, subkey), () -> {
                return acquireDecrypting(session, reference, key);
            });
        });
    }

    /** Destroys a material's subkeys. When this returns none of them is in use, nor will be. */
    void forget(MaterialReference reference) {
        Gate gate = gates.get(reference);
        if (gate == null) {
            return;
        }
        gate.lock.writeLock().lock();
        try {
            gate.forgotten = true;
            gates.remove(reference, gate);
            replaceEncrypting(gate, gate.encrypting, null);
            decrypting.asMap().keySet().removeIf(key -> key.gate == gate);
        } finally {
            gate.lock.writeLock().unlock();
        }
    }

    private <T> T throughGate(MaterialReference reference, Function<Gate, T> action) {
        while (true) {
            Gate gate = gates.get(reference);
            if (gate == null) {
                gate = gates.computeIfAbsent(reference, key -> new Gate());
            }
            gate.lock.readLock().lock();
            try {
                if (!gate.forgotten) {
                    return action.apply(gate);
                }
            } finally {
                gate.lock.readLock().unlock();
            }
        }
    }

    /** Uses a subkey that is acquired; if the token no longer knows it, another in its place, once. */
    private static <T> T lend(Subkey subkey, Function<Subkey, T> use, Runnable drop, Source another) {
        try {
            return useAndRelease(subkey, use);
        } catch (Pkcs11Exception e) {
            if (!TokenObjects.saysHandleIsStale(e)) {
                throw e;
            }
            drop.run();
            return useAndRelease(another.acquire(), use);
        }
    }

    private interface Source {
        Subkey acquire();
    }

    private static <T> T useAndRelease(Subkey subkey, Function<Subkey, T> use) {
        try {
            return use.apply(subkey);
        } finally {
            subkey.release();
        }
    }

    private Subkey acquireEncrypting(
            Session session, MaterialReference reference, SubkeyDerivation derivation, Gate gate) {
        while (true) {
            Subkey subkey = gate.encrypting;
            if (subkey != null && isFresh(subkey) && subkey.acquire()) {
                return subkey;
            }
            synchronized (gate) {
                if (gate.encrypting == subkey) {
                    byte[] nonce = session.random(derivation.form().nonceLengthBytes());
                    Subkey fresh = derive(session, reference, derivation, nonce, AttributeType.ENCRYPT);
                    replaceEncrypting(gate, subkey, fresh);
                }
            }
        }
    }

    private boolean isFresh(Subkey subkey) {
        return subkey.countMessage() <= MAXIMUM_MESSAGES
                && nanoseconds.getAsLong() - subkey.bornNanoseconds() < MAXIMUM_AGE.toNanos();
    }

    private static void replaceEncrypting(Gate gate, @Nullable Subkey old, @Nullable Subkey fresh) {
        boolean replaced;
        synchronized (gate) {
            replaced = gate.encrypting == old;
            if (replaced) {
                gate.encrypting = fresh;
            }
        }
        if (replaced && old != null) {
            old.retire();
        }
    }

    private Subkey acquireDecrypting(Session session, MaterialReference reference, DecryptingKey key) {
        while (true) {
            Subkey subkey = decrypting.get(
                    key, absent -> derive(session, reference, key.derivation, key.nonce, AttributeType.DECRYPT));
            if (subkey.acquire()) {
                return subkey;
            }
        }
    }

    private Subkey derive(
            Session session,
            MaterialReference reference,
            SubkeyDerivation derivation,
            byte[] nonce,
            AttributeType usage) {
        long handle = objects.use(
                session,
                reference,
                TokenObjects.Kind.SECRET_KEY,
                material -> keeper.use(keeping -> keeping.deriveKey(
                        derivation.mechanism(SubkeyDerivation.Purpose.MESSAGES, nonce),
                        material,
                        templates.subkey(SubkeyDerivation.LENGTH_BYTES, usage))));
        return new Subkey(keeper, handle, nonce, nanoseconds.getAsLong());
    }
}
