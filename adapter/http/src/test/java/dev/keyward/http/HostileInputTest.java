package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.Caller;
import dev.keyward.http.sigv4.HandSigner;
import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a stranger can write into a socket. Every message here is a good, signed request but for the one fault that its
 * name tells. Each must be answered 4xx or have its connection closed, must reach no endpoint, and must leave a server
 * that answers the next client.
 */
class HostileInputTest {
    private static final String FIRST_LINE = "POST / HTTP/1.1\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final int MEGABYTE = 1024 * 1024;

    private final AtomicInteger answered = new AtomicInteger();
    private final RunningServer server;

    HostileInputTest() throws IOException {
        server = RunningServer.start(ServerSettings.loopback(0), this::answer);
    }

    private WireAnswer answer(Caller caller, String operation, byte[] body) {
        answered.incrementAndGet();
        return new WireAnswer(200, body, null);
    }

    @BeforeEach
    void answersBefore() throws IOException {
        assertStillAnswers();
        answered.set(0);
    }

    @AfterEach
    void answersAfterwards() throws IOException {
        assertStillAnswers();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void refusesOrCloses(Fault fault) throws IOException {
        try (RawConnection connection = server.connect()) {
            connection.send(fault.message());

            RawConnection.Answer first = connection.read();
            for (RawConnection.Answer next = first; next != null; next = connection.read()) {
                assertThat(next.status()).isBetween(400, 499);
                assertThat(next.headers()).containsKey("x-amzn-RequestId").doesNotContainKey("Server");
                assertThat(next.body()).doesNotContainIgnoringCase("exception:").doesNotContain("<", "jetty", "Caused");
                if (!"close".equals(next.headers().get("Connection"))) {
                    break;
                }
            }
        }
        assertThat(answered).hasValue(0);
        assertThat(Arrays.stream(Rejection.values())
                        .mapToLong(server::rejections)
                        .sum())
                .isPositive();
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (RawConnection connection = server.connect()) {
            connection.send(RawConnection.signed(RawConnection.signer().body(bytes("{\"a\":1}")))
                    + RawConnection.signed(RawConnection.signer().body(bytes("{\"b\":2}")))
                    + RawConnection.signed(RawConnection.signer().body(bytes("{\"c\":3}"))));

            assertThat(connection.readPresent().body()).isEqualTo("{\"a\":1}");
            assertThat(connection.readPresent().body()).isEqualTo("{\"b\":2}");
            assertThat(connection.readPresent().body()).isEqualTo("{\"c\":3}");
        }
    }

    @Test
    void readsAChunkedBody() throws IOException {
        try (RawConnection connection = server.connect()) {
            connection.send(chunked("1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"));

            assertThat(connection.readPresent().body()).isEqualTo("{}");
        }
    }

    @Test
    void takesABodyOfTheLongestLengthAndNoLonger() throws IOException {
        byte[] longest = new byte[MEGABYTE];
        try (RawConnection connection = server.connect()) {
            RawConnection.Answer answer =
                    connection.exchange(RawConnection.signer().body(longest));

            assertThat(answer.status()).isEqualTo(200);
        }
        try (RawConnection connection = server.connect()) {
            // Not a byte of the body is sent: the length alone is refused.
            connection.send(good().replace("Content-Length: 2", "Content-Length: " + (MEGABYTE + 1))
                    .replace("\r\n\r\n{}", "\r\n\r\n"));
            RawConnection.Answer answer = connection.readPresent();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("{\"__type\":\"RequestEntityTooLargeException\"}");
            assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "RequestEntityTooLargeException");
        }
        assertThat(server.rejections(Rejection.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void sends100ContinueWhenAsked() throws IOException {
        String message = RawConnection.signed(RawConnection.signer());
        try (RawConnection connection = server.connect()) {
            connection.send(message.replace("\r\n\r\n{}", "\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(connection.readPresent().status()).isEqualTo(100);
            connection.send("{}");
            assertThat(connection.readPresent().status()).isEqualTo(200);
        }
    }

    private void assertStillAnswers() throws IOException {
        try (RawConnection connection = server.connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String good() {
        return RawConnection.signed(RawConnection.signer());
    }

    private static String unsigned() {
        return good().replaceFirst("authorization: [^\r]*\r\n", "");
    }

    private static String withLine(String line) {
        return good().replace(FIRST_LINE, FIRST_LINE + line);
    }

    private static String withFirstLine(String line) {
        return good().replace(FIRST_LINE, line);
    }

    /** A request whose body, signed as {@code {}}, is sent as {@code chunks}. */
    private static String chunked(String chunks) {
        return withLine(CHUNKED).replace("Content-Length: 2\r\n", "").replace("\r\n\r\n{}", "\r\n\r\n" + chunks);
    }

    private static String signedWith(UnaryOperator<HandSigner> change) {
        return RawConnection.signed(change.apply(RawConnection.signer()));
    }

    enum Fault {
        NUL_IN_HEADER_VALUE(withLine("X-A: b\0c\r\n")),
        NUL_IN_HEADER_NAME(withLine("X\0A: b\r\n")),
        CONTROL_CHARACTER_IN_HEADER_VALUE(withLine("X-A: b\u0001c\r\n")),
        DELETE_IN_HEADER_VALUE(withLine("X-A: b\u007fc\r\n")),
        CARRIAGE_RETURN_IN_HEADER_VALUE(withLine("X-A: b\rc\r\n")),
        BARE_LINE_FEEDS(good().replace("\r\n", "\n")),
        SPACE_BEFORE_COLON(withLine("X-A : b\r\n")),
        HEADER_WITHOUT_COLON(withLine("X-A\r\n")),
        HEADER_WITHOUT_NAME(withLine(": b\r\n")),
        FOLDED_HEADER(withLine("X-A: b\r\n c\r\n")),
        NO_HOST(good().replace("host: localhost\r\n", "")),
        TWO_HOSTS(withLine("Host: other\r\n")),
        HOST_WITH_USER(signedWith(signer -> signer.header("host", "user@localhost"))),
        HOST_OF_ANOTHER_AUTHORITY(withFirstLine("POST http://other/ HTTP/1.1\r\n")),
        LENGTH_AND_CHUNKED(withLine(CHUNKED).replace("\r\n\r\n{}", "\r\n\r\n0\r\n\r\n") + good()),
        TWO_LENGTHS(withLine("Content-Length: 3\r\n")),
        TWO_EQUAL_LENGTHS_IN_ONE(good().replace("Content-Length: 2", "Content-Length: 2, 2")),
        NEGATIVE_LENGTH(good().replace("Content-Length: 2", "Content-Length: -2")),
        LENGTH_WITH_SIGN(good().replace("Content-Length: 2", "Content-Length: +2")),
        LENGTH_NO_NUMBER(good().replace("Content-Length: 2", "Content-Length: two")),
        LENGTH_BEYOND_64_BITS(good().replace("Content-Length: 2", "Content-Length: 99999999999999999999")),
        LENGTH_MISSING(good().replace("Content-Length: 2\r\n", "")),
        LENGTH_TOO_SHORT(good().replace("Content-Length: 2", "Content-Length: 1")),
        UNKNOWN_TRANSFER_CODING(withLine("Transfer-Encoding: xchunked\r\n").replace("Content-Length: 2\r\n", "")),
        CHUNKED_TWICE(withLine("Transfer-Encoding: chunked, chunked\r\n").replace("Content-Length: 2\r\n", "")),
        CHUNKED_NOT_LAST(withLine("Transfer-Encoding: chunked, gzip\r\n").replace("Content-Length: 2\r\n", "")),
        CHUNK_SIZE_NO_NUMBER(chunked("zz\r\n{}\r\n0\r\n\r\n")),
        CHUNK_SIZE_NEGATIVE(chunked("-2\r\n{}\r\n0\r\n\r\n")),
        CHUNK_SIZE_BEYOND_64_BITS(chunked("fffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        CHUNK_LONGER_THAN_ITS_SIZE(chunked("1\r\n{}\r\n0\r\n\r\n")),
        CHUNKED_BODY_TOO_LONG(chunked("100001\r\n" + "a".repeat(MEGABYTE + 1) + "\r\n0\r\n\r\n")),
        HEADER_TOO_LONG(withLine("X-A: " + "a".repeat(20_000) + "\r\n")),
        HEADER_NAME_TOO_LONG(withLine("a".repeat(20_000) + ": b\r\n")),
        TOO_MANY_HEADERS(withLine("X-A: b\r\n".repeat(150))),
        FAR_TOO_MANY_HEADERS(withLine("X-A: b\r\n".repeat(10_000))),
        URI_TOO_LONG(withFirstLine("POST /?" + "a".repeat(20_000) + " HTTP/1.1\r\n")),
        QUERY_TOO_LONG(withFirstLine("POST /?" + "a".repeat(3_000) + " HTTP/1.1\r\n")),
        TRACE(withFirstLine("TRACE / HTTP/1.1\r\n")),
        GET(withFirstLine("GET / HTTP/1.1\r\n")),
        PUT(withFirstLine("PUT / HTTP/1.1\r\n")),
        OPTIONS_ASTERISK(withFirstLine("OPTIONS * HTTP/1.1\r\n")),
        CONNECT(withFirstLine("CONNECT localhost:443 HTTP/1.1\r\n")),
        LOWER_CASE_METHOD(withFirstLine("post / HTTP/1.1\r\n")),
        ENDLESS_METHOD(withFirstLine("P".repeat(20_000) + " / HTTP/1.1\r\n")),
        PATH_OF_ANOTHER_RESOURCE(withFirstLine("POST /ping HTTP/1.1\r\n")),
        PATH_WITH_TWO_SLASHES(withFirstLine("POST // HTTP/1.1\r\n")),
        PATH_WITH_DOTS(withFirstLine("POST /x/.. HTTP/1.1\r\n")),
        PATH_ABOVE_THE_ROOT(withFirstLine("POST /../ HTTP/1.1\r\n")),
        PATH_WITH_ENCODED_DOT(withFirstLine("POST /%2e HTTP/1.1\r\n")),
        PATH_WITH_PARAMETER(withFirstLine("POST /;x HTTP/1.1\r\n")),
        PATH_WITH_NUL(withFirstLine("POST /%00 HTTP/1.1\r\n")),
        PATH_MISSING(withFirstLine("POST HTTP/1.1\r\n")),
        SPACE_IN_PATH(withFirstLine("POST / x HTTP/1.1\r\n")),
        BAD_PERCENT_IN_QUERY(withFirstLine("POST /?a=%zz HTTP/1.1\r\n")),
        VERSION_0_9("POST /\r\n\r\n"),
        VERSION_1_0_WITHOUT_HOST(good().replace("HTTP/1.1", "HTTP/1.0").replace("host: localhost\r\n", "")),
        VERSION_1_2(withFirstLine("POST / HTTP/1.2\r\n")),
        VERSION_2_PREFACE("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        TLS_HELLO("\u0016\u0003\u0001\u0002" + "\0".repeat(64)),
        GARBAGE("\u00ff\u00fe\u0000\u0001".repeat(64)),
        UNKNOWN_EXPECTATION(withLine("Expect: 200-ok\r\n")),
        UPGRADE_WITHOUT_SIGNATURE(
                unsigned().replace(FIRST_LINE, FIRST_LINE + "Upgrade: h2c\r\nConnection: Upgrade\r\n")),
        ENCODED_BODY(signedWith(signer -> signer.header("content-encoding", "gzip"))),
        NO_CONTENT_TYPE(signedWith(signer -> signer.without("content-type"))),
        OTHER_CONTENT_TYPE(signedWith(signer -> signer.header("content-type", "application/json"))),
        OTHER_CHARSET(
                signedWith(signer -> signer.header("content-type", "application/x-amz-json-1.1; charset=utf-16"))),
        NO_TARGET(signedWith(signer -> signer.without("x-amz-target"))),
        TARGET_OF_ANOTHER_SERVICE(signedWith(signer -> signer.header("x-amz-target", "DynamoDB_20120810.ListTables"))),
        TARGET_WITHOUT_OPERATION(signedWith(signer -> signer.header("x-amz-target", "TrentService."))),
        TARGET_WITH_STRANGE_OPERATION(signedWith(signer -> signer.header("x-amz-target", "TrentService.../x"))),
        NO_SIGNATURE(unsigned()),
        OTHER_BODY(good().replace("\r\n\r\n{}", "\r\n\r\n[]"));

        private final String message;

        Fault(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
