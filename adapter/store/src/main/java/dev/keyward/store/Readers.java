package dev.keyward.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The connections that only read, lent for one query at a time. Safe for use by many threads at once. */
final class Readers implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Failures failures;
    private final ReadWriteLock closing = new ReentrantReadWriteLock();

    /** Written under the write lock; read without it where no connection is needed. */
    private volatile boolean closed;

    /** @param jdbi over {@code pool} */
    Readers(HikariDataSource pool, Jdbi jdbi, Failures failures) {
        this.pool = pool;
        this.jdbi = jdbi;
        this.failures = failures;
    }

    /**
     * The answer of {@code query}, all of it from one moment.
     *
     * @throws StoreException if it failed
     */
    <T> T read(Function<Handle, T> query) {
        Lock open = closing.readLock();
        open.lock();
        try {
            requireOpen();
            return jdbi.inTransaction(query::apply);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failures.of(e);
        } finally {
            open.unlock();
        }
    }

    /** @throws StoreException if the store is closed */
    void requireOpen() {
        if (closed) {
            throw new StoreException(Reason.FAILED, "the store is closed");
        }
    }

    /** Waits for the queries under way, then closes the connections. */
    @Override
    public void close() {
        Lock exclusive = closing.writeLock();
        exclusive.lock();
        try {
            closed = true;
            pool.close();
        } finally {
            exclusive.unlock();
        }
    }
}
