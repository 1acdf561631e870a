package dev.keyward.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. SQLite has one writer at a time and syncs the disk once for each commit, so whatever waits
 * is written in one transaction: each unit of work under a savepoint of its own, one commit for all, then everyone is
 * told. A unit that fails is rolled back alone. Safe for use by many threads at once.
 */
final class Writer implements AutoCloseable {
    /** What is done in one piece. */
    interface Unit<T> {
        /** Does it; which rows it changes it notes in {@code changes} first. */
        T run(Handle handle, Changes changes);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MAXIMUM_UNITS_PER_COMMIT = 256;
    private static final String SAVEPOINT = "unit";

    private final Handle handle;
    private final Consumer<CachedNames> forget;
    private final Failures failures;
    private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
    private final SealedRows rows;
    private final Pending<Boolean> last;

    /** A daemon: what is not committed when a program ends is not there, and nobody was told otherwise. */
    private final Thread thread =
            Thread.ofPlatform().name("keyward-store-writer").daemon().unstarted(this::run);

    /** The head as it is committed; written by the thread alone, once the rows are open. */
    private volatile RowHead head = RowHead.EMPTY;

    @GuardedBy("this")
    private boolean closed;

    /**
     * @param handle the writing connection, from now on the writer's own
     * @param forget takes changed rows out of the cache
     */
    Writer(Handle handle, Consumer<CachedNames> forget, Failures failures) {
        this.handle = handle;
        this.forget = forget;
        this.failures = failures;
        rows = new SealedRows(handle);
        last = new Pending<>((_, _) -> true, new Changes(rows));
        thread.start();
    }

    /**
     * Has {@code unit} run and waits until it is on disk, whether or not the thread is interrupted: an answer that came
     * earlier could not be true.
     *
     * @throws StoreException if it was refused or failed
     */
    <T> T write(Unit<T> unit) {
        Pending<T> pending = new Pending<>(unit, new Changes(rows));
        enqueue(pending);
        try {
            return pending.outcome.join();
        } catch (CompletionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    private RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof IllegalArgumentException refused) {
            throw refused;
        }
        return failures.of(cause);
    }

    private synchronized void enqueue(Pending<?> pending) {
        if (closed) {
            throw new StoreException(Reason.FAILED, "the store is closed");
        }
        queue.add(pending);
    }

    /** Goes on from that head, which is in the store. To be called before the first row is written. */
    void startFrom(RowHead found) {
        head = found;
    }

    /** The head over all rows that are committed. */
    RowHead head() {
        return head;
    }

    /** How many units of work wait for the next commit. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        List<Pending<?>> batch = new ArrayList<>();
        do {
            batch.clear();
            batch.add(uninterruptedTake());
            queue.drainTo(batch, MAXIMUM_UNITS_PER_COMMIT - 1);
            commit(batch);
        } while (batch.getLast() != last);
    }

    private Pending<?> uninterruptedTake() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread: it ends when the store is closed.
                LOG.debug("interrupted", e);
            }
        }
    }

    private void commit(List<Pending<?>> batch) {
        Throwable failure = null;
        try {
            handle.begin();
            RowHead changed = head;
            for (Pending<?> pending : batch) {
                changed = changed.plus(pending.run(handle));
            }
            if (changed.changes() != head.changes()) {
                Schema.requireOurs(handle);
                RowSealTable.putHead(handle, RowSeals.of(handle).key().seal(changed));
            }
            handle.commit();
            head = changed;
        } catch (Throwable e) {
            failure = e;
            rollback();
        }
        for (Pending<?> pending : batch) {
            forget.accept(pending.changes.cached());
            pending.complete(failure);
        }
    }

    private void rollback() {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            LOG.warn("A failed transaction could not be rolled back", e);
        }
    }

    /** Writes what is still waiting, then closes the connection. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(last);
            }
        }
        last.outcome.join();
        handle.close();
    }

    /** A unit of work, who waits for it, and how it ended. */
    private static final class Pending<T> {
        private final Unit<T> unit;
        private final Changes changes;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Throwable failure;

        Pending(Unit<T> unit, Changes changes) {
            this.unit = unit;
            this.changes = changes;
        }

        /**
         * Throws only if not even the savepoint can be restored: then the whole transaction is lost.
         *
         * @return what it adds to the head
         */
        RowHead run(Handle handle) {
            handle.savepoint(SAVEPOINT);
            try {
                result = unit.run(handle, changes);
                changes.seal();
                handle.releaseSavepoint(SAVEPOINT);
                return changes.difference();
            } catch (Throwable e) {
                failure = e;
                rollBack(handle, e);
                return RowHead.EMPTY;
            }
        }

        private static void rollBack(Handle handle, Throwable reason) {
            try {
                // This also forgets the savepoint, on our side; for SQLite it ends with the transaction.
                handle.rollbackToSavepoint(SAVEPOINT);
            } catch (RuntimeException e) {
                // A full disk makes SQLite roll everything back by itself: that, and not the lost savepoint, is the
                // news.
                e.addSuppressed(reason);
                throw new IllegalStateException("the transaction is lost", reason);
            }
        }

        /** @param lost what the transaction was lost by; null if it was committed */
        void complete(@Nullable Throwable lost) {
            if (failure != null) {
                outcome.completeExceptionally(failure);
            } else if (lost != null) {
                outcome.completeExceptionally(lost);
            } else {
                outcome.complete(result);
            }
        }
    }
}
