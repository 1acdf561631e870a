package dev.keyward.http;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.RequestOrigin;
import org.jspecify.annotations.Nullable;

/** What answers the requests of AWS STS's query protocol. Safe for use by many threads at once. */
public interface QueryEndpoint {
    /**
     * An answer.
     *
     * @param status of HTTP
     * @param xml its body
     * @param senderKnown whether it turned out who asked, and so the request is recorded
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Answer(int status, byte[] xml, boolean senderKnown) {}

    /**
     * Answers a request, of whatever form.
     *
     * @param caller who signed it; null if nobody did, which some operations ask for
     * @param origin where it came from
     * @param body its parameters, form-encoded
     */
    Answer answer(@Nullable Caller caller, RequestOrigin origin, byte[] body);

    /** Answers a request whose signature was refused, or that failed on its way. */
    Answer refuse(KeywardException refusal, String requestId);
}
