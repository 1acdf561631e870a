package dev.keyward.pkcs11.session;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Where the user PIN comes from. It is read at every login and kept nowhere. Thread-safe. */
public interface PinSource {
    /**
     * Lends the PIN, in UTF-8. The array is overwritten when {@code use} returns.
     *
     * @throws PinUnavailableException if there is none
     */
    default void lend(Consumer<byte[]> use) {
        byte[] pin = read();
        try {
            use.accept(pin);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    /**
     * Reads the PIN into an array that the caller overwrites.
     *
     * @throws PinUnavailableException if there is none
     */
    byte[] read();

    /** Whether it can be read again without anybody's help, so that a lost login can be renewed. */
    boolean isUnattended();

    /** A file whose first line it is. */
    static PinSource file(Path file) {
        return new FilePinSource(file);
    }

    /** An environment variable. The environment keeps it as long as the process lives; a file is better. */
    static PinSource environment(String variable) {
        return new EnvironmentPinSource(variable);
    }

    /** A question at the terminal. */
    static PinSource prompt(String question) {
        return new PromptPinSource(question);
    }

    /** There is no PIN to be had; the message says where it was looked for. */
    final class PinUnavailableException extends RuntimeException {
        public PinUnavailableException(String message) {
            super(message);
        }
    }
}
