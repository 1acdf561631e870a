package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.Caller;
import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.http.sigv4.Identities;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeywardServerTest {
    private static final byte[] OUTPUT = "{\"Keys\":[]}".getBytes(StandardCharsets.UTF_8);

    private final AtomicReference<Caller> lastCaller = new AtomicReference<>();

    private WireAnswer answer(Caller caller, String operation, byte[] body) {
        lastCaller.set(caller);
        return switch (operation) {
            case "ListKeys" -> new WireAnswer(200, OUTPUT, null);
            case "EnableKey" -> new WireAnswer(200, new byte[0], null);
            case "Disabled" -> throw new KeywardException(ErrorCode.DISABLED, "it is disabled.");
            default -> throw new IllegalStateException("secret detail");
        };
    }

    @Test
    void answersASignedRequestWithAwsHeaders() throws IOException {
        try (RunningServer server = RunningServer.start(ServerSettings.loopback(0), this::answer);
                RawConnection connection = server.connect()) {
            RawConnection.Answer answer = Objects.requireNonNull(connection.exchange(RawConnection.signer()));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"Keys\":[]}");
            assertThat(answer.headers())
                    .containsEntry("Content-Type", "application/x-amz-json-1.1")
                    .containsEntry("Content-Length", "11")
                    .containsKey("Date")
                    .doesNotContainKey("Server")
                    .doesNotContainKey("x-amzn-ErrorType");
            String requestId = Objects.requireNonNull(answer.headers().get("x-amzn-RequestId"));
            assertThat(UUID.fromString(requestId).toString()).isEqualTo(requestId);
            assertThat(lastCaller.get())
                    .isEqualTo(new Caller(
                            new Scope(Identities.ACCOUNT, new Region("us-east-1")),
                            Identities.PRINCIPAL_ARN,
                            Identities.ACCESS_KEY_ID,
                            "127.0.0.1",
                            requestId));
        }
    }
}
