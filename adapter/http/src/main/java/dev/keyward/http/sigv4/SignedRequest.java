package dev.keyward.http.sigv4;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was received: nothing decoded, nothing normalised, headers in their order. The body is the record's
 * own array. Thread-safe.
 *
 * @param method the method, such as {@code POST}
 * @param rawPath the path as on the request line
 * @param rawQuery the query as on the request line, without the question mark; null if there is none
 * @param headers every header line
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record SignedRequest(
        String method, String rawPath, @Nullable String rawQuery, List<Header> headers, byte[] body) {

    /** Copies the headers. */
    public SignedRequest {
        headers = List.copyOf(headers);
    }

    /**
     * One header line.
     *
     * @param name the name, kept in lower case
     * @param value the value with one character for each byte received
     */
    public record Header(String name, String value) {
        /** Brings the name into lower case. */
        public Header {
            name = name.toLowerCase(Locale.ROOT);
        }
    }

    /** The value of the first header of that lower-case name. */
    Optional<String> header(String name) {
        for (Header header : headers) {
            if (header.name().equals(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** Headers hold signatures and the body may hold plaintext: neither is shown. */
    @Override
    public String toString() {
        return "SignedRequest[" + method + ", " + headers.size() + " headers, " + body.length + " bytes]";
    }
}
