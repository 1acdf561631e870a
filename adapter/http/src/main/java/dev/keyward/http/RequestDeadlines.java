package dev.keyward.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.CyclicTimeout;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request takes too long to arrive or its answer too long to be taken. Jetty's idle
 * timeout starts anew with every byte, so a client that sends one now and then would hold its connection for ever.
 *
 * <p>A connection's clock runs from its opening until the whole of its first request has been read, stands still while
 * the request is worked on, and runs again, now with the idle time added, from the answer to the end of the next
 * request. Thread-safe.
 */
final class RequestDeadlines implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration read;
    private final Duration answerAndNextRead;
    private final RejectionCounters counters;
    private final Map<Connection, Deadline> deadlines = new ConcurrentHashMap<>();

    RequestDeadlines(Scheduler scheduler, ServerSettings settings, RejectionCounters counters) {
        this.scheduler = scheduler;
        this.read = settings.readDeadline();
        this.answerAndNextRead = settings.idleTimeout().plus(settings.readDeadline());
        this.counters = counters;
    }

    @Override
    public void onOpened(Connection connection) {
        Deadline deadline = new Deadline(connection.getEndPoint());
        deadlines.put(connection, deadline);
        deadline.start(read);
    }

    @Override
    public void onClosed(Connection connection) {
        Deadline deadline = deadlines.remove(connection);
        if (deadline != null) {
            deadline.destroy();
        }
    }

    /** The whole of {@code request} is here: whatever takes long now is ours. */
    void requestRead(Request request) {
        Deadline deadline = deadlines.get(connection(request));
        if (deadline != null) {
            deadline.cancel();
        }
    }

    /** The answer to {@code request} is about to be written. */
    void answering(Request request) {
        Deadline deadline = deadlines.get(connection(request));
        if (deadline != null) {
            deadline.start(answerAndNextRead);
        }
    }

    private static Connection connection(Request request) {
        return request.getConnectionMetaData().getConnection();
    }

    private final class Deadline extends CyclicTimeout {
        private final EndPoint endPoint;

        Deadline(EndPoint endPoint) {
            super(scheduler);
            this.endPoint = endPoint;
        }

        void start(Duration duration) {
            schedule(duration.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void onTimeoutExpired() {
            counters.increment(Rejection.TOO_SLOW);
            endPoint.close(new TimeoutException("the request took too long"));
        }
    }
}
