package dev.keyward.http;

import dev.keyward.http.sigv4.HandSigner;
import dev.keyward.http.sigv4.SignedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket to write anything into, and a reader of what comes back. */
final class RawConnection implements AutoCloseable {
    private static final int PACE_MILLISECONDS = 20;
    private static final int PATIENCE_MILLISECONDS = 20_000;
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Socket socket;

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        socket.setTcpNoDelay(true);
    }

    /** What came back. */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** A signer for now. */
    static HandSigner signer() {
        return new HandSigner(BASIC.format(Instant.now()));
    }

    /** A signed request as text, its body included. */
    static String signed(HandSigner signer) {
        SignedRequest request = signer.sign();
        StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\n");
        request.headers()
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        return text.append("Content-Length: ")
                .append(request.body().length)
                .append("\r\n\r\n")
                .append(new String(request.body(), StandardCharsets.ISO_8859_1))
                .toString();
    }

    /** Sends characters of one byte each; a server that closed in the meantime is no failure. */
    void send(String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException closed) {
            // what the server answered before it closed can still be read
        }
    }

    /** Sends a good request and reads its answer. */
    Answer exchange(HandSigner signer) throws IOException {
        send(signed(signer));
        return readPresent();
    }

    /** The next answer, which must come. */
    Answer readPresent() throws IOException {
        return Objects.requireNonNull(read(), "the server closed the connection without an answer");
    }

    /**
     * Sends {@code text} again and again, now and then, until the server closes the connection.
     *
     * @return whether it did, before patience ended
     */
    boolean trickleUntilClosed(String text) throws IOException {
        long start = System.nanoTime();
        socket.setSoTimeout(PACE_MILLISECONDS);
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLISECONDS)) {
            send(text);
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException notYet) {
                // the connection is still open: the wait was the pace
            } catch (SocketException reset) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing comes for a moment. */
    boolean isSilent() throws IOException {
        socket.setSoTimeout(10 * PACE_MILLISECONDS);
        try {
            return socket.getInputStream().read() == Integer.MIN_VALUE;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
        }
    }

    /** Closes the sending half: the server sees the end of the stream and can still answer. */
    void sendNoMore() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException closed) {
            // the server was quicker
        }
    }

    void hangUp() throws IOException {
        socket.close();
    }

    /** The next answer; null if the server closed the connection without one. */
    @Nullable
    Answer read() throws IOException {
        String head = readHead();
        if (head == null) {
            return null;
        }
        String[] lines = head.split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length - 2; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
    }

    private @Nullable String readHead() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.write(b);
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    return text;
                }
            }
        } catch (SocketException reset) {
            return null;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
