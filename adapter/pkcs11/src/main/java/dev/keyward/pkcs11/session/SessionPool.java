package dev.keyward.pkcs11.session;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, lent for the length of a call. The one given back last is lent first, so that its memory is warm. Opens them
 * as they are needed, up to a maximum. Thread-safe.
 */
public final class SessionPool implements AutoCloseable {
    private final Supplier<Session> opener;
    private final int maximum;
    private final long waitNanoseconds;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /**
     * @param opener opens a session
     * @param maximum how many there may be at once
     * @param wait how long a caller waits for one
     */
    public SessionPool(Supplier<Session> opener, int maximum, Duration wait) {
        this.opener = opener;
        this.maximum = maximum;
        this.waitNanoseconds = wait.toNanos();
        this.permits = new Semaphore(maximum);
    }

    /**
     * Lends a session.
     *
     * @throws TokenException with {@link Reason#BUSY} if none comes free in time
     */
    public <T> T use(Function<Session, T> action) {
        acquire(1);
        try {
            Session session = take();
            try {
                return action.apply(session);
            } finally {
                giveBack(session);
            }
        } finally {
            permits.release();
        }
    }

    /**
     * Waits for the sessions that are lent and closes all.
     *
     * @throws TokenException with {@link Reason#BUSY} if one is not given back in time; nothing is closed then
     */
    @Override
    public void close() {
        acquire(maximum);
        closed = true;
        permits.release(maximum);
        Session session;
        while ((session = idle.pollFirst()) != null) {
            session.close();
        }
    }

    private void acquire(int count) {
        boolean acquired;
        try {
            acquired = permits.tryAcquire(count) || permits.tryAcquire(count, waitNanoseconds, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException(Reason.BUSY, "interrupted while waiting for a session", e);
        }
        if (!acquired) {
            throw new TokenException(
                    Reason.BUSY,
                    "none of " + maximum + " sessions came free in "
                            + Duration.ofNanos(waitNanoseconds).toMillis() + " ms");
        }
    }

    private Session take() {
        if (closed) {
            throw new TokenException(Reason.UNAVAILABLE, "the connection to the token is closed");
        }
        @Nullable Session session = idle.pollFirst();
        if (session != null) {
            return session;
        }
        try {
            return opener.get();
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.SESSION_COUNT)) {
                throw new TokenException(Reason.BUSY, "the token gives out no more sessions", e);
            }
            throw e;
        }
    }

    private void giveBack(Session session) {
        if (session.settle()) {
            idle.addFirst(session);
        } else {
            session.close();
        }
    }
}
