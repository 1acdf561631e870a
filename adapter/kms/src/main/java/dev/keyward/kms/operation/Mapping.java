package dev.keyward.kms.operation;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.lifecycle.Request;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * How one operation is told to the lifecycle layer, and its result told to the client. Thread-safe.
 *
 * @param <Q> the SDK's request
 * @param <A> the SDK's answer
 */
@FunctionalInterface
interface Mapping<Q extends KmsRequest, A extends KmsResponse> {
    /**
     * Forms the lifecycle's request.
     *
     * @param request satisfies the table of members
     * @throws KeywardException for what cannot be, whatever it works on, and for a known member or value that is not
     *     supported
     */
    Request<A> form(Q request, Caller caller);
}
