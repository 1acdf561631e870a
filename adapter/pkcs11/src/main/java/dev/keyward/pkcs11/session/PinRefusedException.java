package dev.keyward.pkcs11.session;

import org.jspecify.annotations.Nullable;

/** The token did not take the PIN. It must not be tried again: a few wrong ones lock a token. */
public final class PinRefusedException extends RuntimeException {
    public PinRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
