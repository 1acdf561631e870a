package dev.keyward.pkcs11.session;

import java.io.Console;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A question at the terminal, answered without echo. */
record PromptPinSource(String question) implements PinSource {
    private static final int MAXIMUM_BYTES_PER_CHARACTER = 3;

    @Override
    public byte[] read() {
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() ->
                        new PinUnavailableException("the PIN is to be asked for, but there is no terminal to ask at"));
        char[] answer = console.readPassword("%s: ", question);
        if (answer == null || answer.length == 0) {
            throw new PinUnavailableException("no PIN was given");
        }
        byte[] encoded = new byte[answer.length * MAXIMUM_BYTES_PER_CHARACTER];
        try {
            ByteBuffer buffer = ByteBuffer.wrap(encoded);
            CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(answer), buffer, true);
            if (result.isError()) {
                throw new PinUnavailableException("the PIN that was given is no text");
            }
            return Arrays.copyOf(encoded, buffer.position());
        } finally {
            Arrays.fill(answer, '\0');
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    public boolean isUnattended() {
        return false;
    }
}
