package dev.keyward.pkcs11.profile;

import org.jspecify.annotations.Nullable;

/** A profile that cannot be used; the message is one line that names the file and the field. */
public final class ProfileException extends RuntimeException {
    public ProfileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
