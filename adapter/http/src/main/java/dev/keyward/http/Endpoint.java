package dev.keyward.http;

import dev.keyward.contract.Caller;
import dev.keyward.kms.WireAnswer;

/** What answers the requests whose signature was verified. Safe for use by many threads at once. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers one request. Unknown operations come here too: who asked is known, so the refusal is recorded.
     *
     * @param caller who asks
     * @param operation the name after {@code TrentService.}; 1 to 128 letters and digits
     * @param body the body as received, for the endpoint to keep
     * @throws dev.keyward.contract.KeywardException is answered as the refusal it is; anything else becomes
     *     KMSInternalException without a word of why
     */
    WireAnswer answer(Caller caller, String operation, byte[] body);
}
