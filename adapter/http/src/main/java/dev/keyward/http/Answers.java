package dev.keyward.http;

import dev.keyward.contract.KeywardException;
import dev.keyward.kms.ErrorAnswers;
import dev.keyward.kms.WireAnswer;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers with the headers that AWS's have. */
final class Answers {
    static final String JSON = "application/x-amz-json-1.1";
    static final String REQUEST_ID = "x-amzn-RequestId";

    private static final String ERROR_TYPE = "x-amzn-ErrorType";
    private static final HttpField XML_TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/xml");
    private static final HttpField CONTENT_TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, JSON);

    private Answers() {}

    static String newRequestId() {
        return UUID.randomUUID().toString();
    }

    static void write(Response response, String requestId, WireAnswer answer, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(REQUEST_ID, requestId);
        headers.put(CONTENT_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        if (answer.errorCode() != null) {
            headers.put(ERROR_TYPE, answer.errorCode());
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    static void write(Response response, String requestId, QueryEndpoint.Answer answer, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(REQUEST_ID, requestId);
        headers.put(XML_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, answer.xml().length);
        response.write(true, ByteBuffer.wrap(answer.xml()), callback);
    }

    /** Writes a refusal with another status than its code has, after which the connection is closed. */
    static void refuse(Response response, String requestId, int status, KeywardException refusal, Callback callback) {
        WireAnswer answer = ErrorAnswers.of(refusal);
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        write(response, requestId, new WireAnswer(status, answer.body(), answer.errorCode()), callback);
    }
}
