package dev.keyward.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in the opposite order. Used by one thread at a time. */
final class ClosingStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Opens something made of several; if that fails, what has been opened by then is closed. */
    static <T> T opening(Function<ClosingStack, T> making) {
        ClosingStack opened = new ClosingStack();
        boolean whole = false;
        try {
            T made = making.apply(opened);
            whole = true;
            return made;
        } finally {
            if (!whole) {
                opened.close();
            }
        }
    }

    /** Remembers something that was just opened, and gives it back. */
    <T extends AutoCloseable> T add(T something) {
        opened.push(something);
        return something;
    }

    /** Closes all of it, each once; what fails to close is logged and does not keep the rest open. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly", next.getClass().getSimpleName(), e);
            }
        }
    }
}
