package dev.keyward.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a bound without holding a thread while the client is silent: as many slow clients as connections
 * keep no thread from the others. For one request; Jetty never runs it on two threads at once.
 */
final class BodyReader implements Runnable {
    /** What becomes of the body. Exactly one method is called, once. */
    interface Outcome {
        void read(byte[] body);

        void tooLarge();

        void failed(Throwable failure);
    }

    private final Request request;
    private final int maximumBytes;
    private final Outcome outcome;
    private final Accumulator bytes = new Accumulator();

    BodyReader(Request request, int maximumBytes, Outcome outcome) {
        this.request = request;
        this.maximumBytes = maximumBytes;
        this.outcome = outcome;
    }

    /** Reads what has come, and asks to be run again when more has. */
    @Override
    public void run() {
        while (true) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                bytes.clear();
                outcome.failed(chunk.getFailure());
                return;
            }
            boolean fits = bytes.size() + chunk.remaining() <= maximumBytes;
            if (fits) {
                bytes.add(chunk.getByteBuffer());
            }
            chunk.release();
            if (!fits) {
                bytes.clear();
                outcome.tooLarge();
                return;
            }
            if (chunk.isLast()) {
                byte[] body = bytes.toByteArray();
                bytes.clear();
                outcome.read(body);
                return;
            }
        }
    }

    /** Bodies hold plaintext and keys, so the copies made on the way are cleared. */
    private static final class Accumulator extends ByteArrayOutputStream {
        void add(ByteBuffer buffer) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            write(part, 0, part.length);
            Arrays.fill(part, (byte) 0);
        }

        void clear() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
