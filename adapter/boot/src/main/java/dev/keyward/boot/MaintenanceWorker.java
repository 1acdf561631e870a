package dev.keyward.boot;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the background work again and again, on one platform thread. Thread-safe. */
final class MaintenanceWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceWorker.class);
    private static final Duration CLOSING_WAIT = Duration.ofSeconds(30);

    private final ScheduledExecutorService executor;

    private MaintenanceWorker(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Starts; the first run is one interval from now. A program that ends without closing is not kept from it. */
    static MaintenanceWorker start(String name, Runnable work, Duration interval) {
        ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        Future<?> _ = executor.scheduleWithFixedDelay(
                () -> attempt(work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return new MaintenanceWorker(executor);
    }

    /** An exception that got out would end all later runs. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("background work failed and will be tried again", e);
        }
    }

    /** Begins no more work, and waits for what is under way: each piece of it is short, and safe to be killed. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSING_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "background work did not end in {} s; it will be completed after the next start",
                        CLOSING_WAIT.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
