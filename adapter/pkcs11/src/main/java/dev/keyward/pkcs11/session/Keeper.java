package dev.keyward.pkcs11.session;

import java.util.function.Function;

/**
 * The session that owns session objects, which live as long as it does, and that keeps the application logged in. Lent to
 * one thread at a time; who borrows it waits for nothing else meanwhile. Thread-safe.
 */
public final class Keeper implements AutoCloseable {
    private final Session session;

    Keeper(Session session) {
        this.session = session;
    }

    /** Lends the session. */
    public synchronized <T> T use(Function<Session, T> action) {
        return action.apply(session);
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
