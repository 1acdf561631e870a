package dev.keyward.boot;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.RequestOrigin;
import dev.keyward.http.QueryEndpoint;
import dev.keyward.identity.sts.StsFace;
import org.jspecify.annotations.Nullable;

/** Lets the server's query endpoint be answered by STS; neither knows the other. Thread-safe. */
final class StsEndpoint implements QueryEndpoint {
    private final StsFace sts;

    StsEndpoint(StsFace sts) {
        this.sts = sts;
    }

    @Override
    public Answer answer(@Nullable Caller caller, RequestOrigin origin, byte[] body) {
        return answer(sts.answer(caller, origin, body));
    }

    @Override
    public Answer refuse(KeywardException refusal, String requestId) {
        return answer(sts.refuse(refusal, requestId));
    }

    private static Answer answer(StsFace.Answer answer) {
        return new Answer(answer.status(), answer.xml(), answer.senderKnown());
    }
}
