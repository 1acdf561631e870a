package dev.keyward.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cheapest client there is: one connection, requests as ready bytes, no more read of an answer than where it ends. So
 * what is measured is the server. For one thread.
 */
final class HttpConnection {
    private static final int LARGEST_ANSWER_BYTES = 64 * 1024;
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String SUCCESS = "HTTP/1.1 200 ";
    private static final Pattern CONTENT_LENGTH =
            Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

    private final Socket socket;
    private final InputStream input;
    private final byte[] answer = new byte[LARGEST_ANSWER_BYTES];

    HttpConnection(URI endpoint) {
        try {
            socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            input = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @return the length of the answer in bytes
     * @throws IllegalStateException if it is not a success
     */
    int exchange(byte[] request) {
        try {
            socket.getOutputStream().write(request);
            int read = 0;
            int length = Integer.MAX_VALUE;
            while (read < length) {
                int more = input.read(answer, read, answer.length - read);
                if (more <= 0) {
                    throw new IllegalStateException("the answer broke off after " + read + " bytes");
                }
                read += more;
                length = length(read);
            }
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long the answer is whose first bytes are here; "infinitely" before its headers are. */
    private int length(int read) {
        String text = new String(answer, 0, read, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEADERS);
        if (end < 0) {
            return Integer.MAX_VALUE;
        }
        Matcher bodyLength = CONTENT_LENGTH.matcher(text);
        if (!text.startsWith(SUCCESS) || !bodyLength.find()) {
            throw new IllegalStateException("not a success: " + text);
        }
        return end + END_OF_HEADERS.length() + Integer.parseInt(bodyLength.group(1));
    }
}
