package dev.keyward.engines;

import java.nio.charset.StandardCharsets;

/** What everybody signs, and of which everybody computes codes. */
final class Message {
    private Message() {}

    static byte[] bytes() {
        return "attack at dawn".getBytes(StandardCharsets.UTF_8);
    }
}
