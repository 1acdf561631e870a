package dev.keyward.http;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.RequestOrigin;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers with who asked, or with the code of a refusal. Thread-safe. */
final class RefusingQueryEndpoint implements QueryEndpoint {
    @Override
    public Answer answer(@Nullable Caller caller, RequestOrigin origin, byte[] body) {
        String who = caller == null ? "nobody" : caller.principalArn();
        return new Answer(200, ("<who>" + who + "</who>").getBytes(StandardCharsets.UTF_8), caller != null);
    }

    @Override
    public Answer refuse(KeywardException refusal, String requestId) {
        return new Answer(403, ("<code>" + refusal.code() + "</code>").getBytes(StandardCharsets.UTF_8), false);
    }
}
