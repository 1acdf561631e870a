package dev.keyward.identity;

/** A change of identities that was refused. The message is one line for whoever asked for it, and holds nothing secret. */
public final class IdentityException extends RuntimeException {
    public IdentityException(String message) {
        super(message);
    }
}
