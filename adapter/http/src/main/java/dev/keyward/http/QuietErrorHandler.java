package dev.keyward.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses by itself with the bare status: its own error page would show the reason. Thread-safe. */
final class QuietErrorHandler implements Request.Handler {
    private final RejectionCounters counters;

    QuietErrorHandler(RejectionCounters counters) {
        this.counters = counters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (status == HttpStatus.NOT_IMPLEMENTED_501 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            // A strange version or coding is the client's doing, and 5xx is what operators are woken up for.
            status = HttpStatus.BAD_REQUEST_400;
            response.setStatus(status);
        }
        if (HttpStatus.isClientError(status)) {
            counters.increment(Rejection.BAD_MESSAGE);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0L);
        response.getHeaders().put(Answers.REQUEST_ID, Answers.newRequestId());
        response.write(true, ByteBuffer.allocate(0), callback);
        return true;
    }
}
