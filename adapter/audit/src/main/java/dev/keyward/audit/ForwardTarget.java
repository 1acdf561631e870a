package dev.keyward.audit;

import java.io.IOException;
import java.util.List;

/** Somewhere else that takes the records of a trail. Used by one thread. */
interface ForwardTarget extends AutoCloseable {
    /**
     * Sends lines, which have no line feed. When this returns they have been taken; if it throws, any of them may have
     * been, and all will be sent again.
     */
    void send(List<byte[]> lines) throws IOException;

    @Override
    void close();
}
