package dev.keyward.http.sigv4;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request must be like before a signature over it means anything. */
final class RequestRules {
    static final int MAXIMUM_HEADERS = 100;
    static final int MAXIMUM_TOTAL_CHARACTERS = 16 * 1024;

    private static final int DELETE = 0x7F;
    private static final int HIGHEST_BYTE = 0xFF;

    private RequestRules() {}

    /**
     * Refuses a request line of impossible characters, and headers that are too many, too long, of impossible characters,
     * or twice where one of two would count. What passes has one byte for each character.
     */
    static void check(SignedRequest request) {
        if (!isVisible(request.method()) || !isVisible(request.rawPath()) || !isVisibleOrAbsent(request.rawQuery())) {
            throw Refusals.incomplete("The request line has a character that it cannot have.");
        }
        checkHeaders(request);
    }

    private static void checkHeaders(SignedRequest request) {
        if (request.headers().size() > MAXIMUM_HEADERS) {
            throw Refusals.incomplete("A request can have at most " + MAXIMUM_HEADERS + " headers.");
        }
        int total = 0;
        Set<String> seen = new HashSet<>();
        for (SignedRequest.Header header : request.headers()) {
            total += header.name().length() + header.value().length();
            if (total > MAXIMUM_TOTAL_CHARACTERS) {
                throw Refusals.incomplete("The headers are longer than " + MAXIMUM_TOTAL_CHARACTERS + " bytes.");
            }
            if (!HeaderNames.isLowerCaseToken(header.name()) || !isValue(header.value())) {
                throw Refusals.incomplete("A header has a character that no header can have.");
            }
            if (!seen.add(header.name()) && HeaderNames.mayAppearOnce(header.name())) {
                throw Refusals.incomplete("Header '" + header.name() + "' appears more than once.");
            }
        }
    }

    /** Refuses a signature that leaves a header open which decides what the request means. */
    static void checkSigned(SignedRequest request, SignedService service, List<String> signedHeaders) {
        requireSigned(signedHeaders, HeaderNames.HOST);
        if (service.hasTarget()) {
            requireSigned(signedHeaders, HeaderNames.AMZ_TARGET);
        }
        if (request.header(HeaderNames.AMZ_DATE).isEmpty()) {
            requireSigned(signedHeaders, HeaderNames.DATE);
        }
        for (SignedRequest.Header header : request.headers()) {
            if (header.name().startsWith(HeaderNames.AMZ_PREFIX)) {
                requireSigned(signedHeaders, header.name());
            }
        }
        for (String name : signedHeaders) {
            if (name.equals(HeaderNames.AUTHORIZATION) || request.header(name).isEmpty()) {
                throw Refusals.mismatch();
            }
        }
    }

    private static void requireSigned(List<String> signedHeaders, String name) {
        if (!signedHeaders.contains(name)) {
            throw Refusals.invalid("'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
        }
    }

    private static boolean isVisibleOrAbsent(@Nullable String text) {
        return text == null || text.isEmpty() || isVisible(text);
    }

    /** Visible ASCII characters, and at least one. */
    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= DELETE) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Bytes other than control characters; the tab alone is white space that a value may hold. */
    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == DELETE || c > HIGHEST_BYTE) {
                return false;
            }
        }
        return true;
    }
}
