package dev.keyward.http.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a request, as the Signature Version 4 documentation defines it: method, path, query, signed
 * headers, their names, and the hash of the body, a line each.
 */
final class CanonicalRequest {
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private CanonicalRequest() {}

    /** The canonical form; every character of it stands for one byte. */
    static String of(SignedRequest request, List<String> signedHeaders, String bodyHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path(request.rawPath())).append('\n');
        text.append(query(request.rawQuery())).append('\n');
        for (String name : signedHeaders) {
            appendHeader(text, request, name);
        }
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        return text.append(bodyHash).toString();
    }

    /**
     * The path normalised by RFC 3986, section 5.2.4, without empty segments, and then encoded once more: every service
     * but S3 signs the encoding of the encoded path. It ends in a slash only if it did before, as AWS's signers have it.
     */
    static String path(String rawPath) {
        if (rawPath.equals("/")) {
            return rawPath;
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : rawPath.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(encode(segment.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        return "/" + String.join("/", segments) + (rawPath.endsWith("/") && !segments.isEmpty() ? "/" : "");
    }

    /** The parameters in one spelling of their encoding, sorted by name and then by value. */
    static String query(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return "";
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : rawQuery.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.add(new Parameter(encode(decode(name)), encode(decode(value))));
            }
        }
        parameters.sort(null);
        StringBuilder text = new StringBuilder(rawQuery.length() + 16);
        for (Parameter parameter : parameters) {
            text.append(text.isEmpty() ? "" : "&")
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.value());
        }
        return text.toString();
    }

    private static void appendHeader(StringBuilder text, SignedRequest request, String name) {
        text.append(name);
        char separator = ':';
        for (SignedRequest.Header header : request.headers()) {
            if (header.name().equals(name)) {
                text.append(separator);
                appendFolded(text, header.value());
                separator = ',';
            }
        }
        text.append('\n');
    }

    /** Without white space at the ends, and with one space for any run of it. */
    private static void appendFolded(StringBuilder text, String value) {
        boolean started = false;
        boolean pendingSpace = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c == '\t') {
                pendingSpace = started;
            } else {
                if (pendingSpace) {
                    text.append(' ');
                    pendingSpace = false;
                }
                text.append(c);
                started = true;
            }
        }
    }

    private static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw Refusals.incomplete("The query string has a '%' without two hexadecimal digits after it.");
            }
        }
        return bytes.toByteArray();
    }

    /** Percent-encodes every byte but the unreserved characters of RFC 3986, section 2.3. */
    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (isUnreserved(b)) {
                text.append((char) b);
            } else {
                UPPER_CASE.toHexDigits(text.append('%'), b);
            }
        }
        return text.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private record Parameter(String name, String value) implements Comparable<Parameter> {
        @Override
        public int compareTo(Parameter other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }
}
