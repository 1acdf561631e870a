package dev.keyward.pkcs11;

import dev.keyward.pkcs11.session.Keeper;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A session object under which messages are encrypted or decrypted. It counts who uses it, so that one which is retired
 * is destroyed by its last user and never under anybody's hands. Thread-safe.
 */
final class Subkey {
    /** The sign bit of {@link #users}. */
    private static final int RETIRED = Integer.MIN_VALUE;

    private final Keeper keeper;
    private final long handle;
    private final byte[] nonce;
    private final long bornNanoseconds;
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicLong messages = new AtomicLong();

    Subkey(Keeper keeper, long handle, byte[] nonce, long bornNanoseconds) {
        this.keeper = keeper;
        this.handle = handle;
        this.nonce = nonce;
        this.bornNanoseconds = bornNanoseconds;
    }

    long handle() {
        return handle;
    }

    byte[] nonce() {
        return nonce;
    }

    long bornNanoseconds() {
        return bornNanoseconds;
    }

    /** Counts one more message; gives how many there have been. */
    long countMessage() {
        return messages.incrementAndGet();
    }

    /** Begins a use, unless it is retired. Whoever gets true calls {@link #release}. */
    boolean acquire() {
        int count = users.get();
        while (count >= 0) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
            count = users.get();
        }
        return false;
    }

    /** Ends a use. */
    void release() {
        if (users.decrementAndGet() == RETIRED) {
            destroy();
        }
    }

    /** Lets nobody begin a use any more; with the last one it is destroyed. */
    void retire() {
        if (users.getAndUpdate(count -> count | RETIRED) == 0) {
            destroy();
        }
    }

    private void destroy() {
        keeper.use(session -> {
            TokenObjects.destroyQuietly(session, handle);
            return handle;
        });
    }
}
