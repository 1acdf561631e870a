package dev.keyward.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot do what it was asked to. The message is the line that a person reads. */
final class CommandException extends RuntimeException {
    CommandException(String message) {
        this(message, null);
    }

    CommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
