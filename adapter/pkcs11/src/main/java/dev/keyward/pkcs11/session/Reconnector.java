package dev.keyward.pkcs11.session;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on a connection, and on a new one when the token has forgotten the old. A refused PIN is never tried again,
 * and a PIN that somebody typed cannot be: then every call is refused until a restart. Thread-safe.
 *
 * @param <C> a connection with everything whose handles belong to it
 */
public final class Reconnector<C extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);
    private static final ReturnValue[] LOST = {
        ReturnValue.SESSION_HANDLE_INVALID,
        ReturnValue.SESSION_CLOSED,
        ReturnValue.USER_NOT_LOGGED_IN,
        ReturnValue.TOKEN_NOT_PRESENT,
        ReturnValue.TOKEN_NOT_RECOGNIZED,
        ReturnValue.DEVICE_REMOVED,
        ReturnValue.DEVICE_ERROR
    };

    /** Whether a call may be made twice. */
    public enum Repeat {
        /** It changes nothing, or does nothing the second time. */
        SAFE,
        /** Its first try may have taken effect. */
        UNSAFE
    }

    private final Supplier<C> opener;
    private final boolean unattended;
    private volatile @Nullable C current;
    private volatile @Nullable String refusal;

    /**
     * Opens the first connection.
     *
     * @param opener finds the token and logs in
     * @param unattended whether it can do so again without anybody's help
     * @throws TokenException if it cannot the first time
     */
    public Reconnector(Supplier<C> opener, boolean unattended) {
        this.opener = opener;
        this.unattended = unattended;
        this.current = open();
    }

    /** Runs a call, and runs it once more on a new connection if that is safe. */
    public <T> T call(Repeat repeat, Function<C, T> action) {
        C connection = connection();
        try {
            return action.apply(connection);
        } catch (Pkcs11Exception e) {
            if (!e.is(LOST)) {
                throw e;
            }
            LOG.warn("the token was lost, reconnecting: {}", e.getMessage());
            drop(connection);
            C next = connection();
            if (repeat == Repeat.UNSAFE) {
                throw new TokenException(Reason.UNAVAILABLE, "the token was lost during the call", e);
            }
            return action.apply(next);
        }
    }

    private C connection() {
        C connection = current;
        return connection != null ? connection : reconnect();
    }

    private synchronized C reconnect() {
        C connection = current;
        if (connection == null) {
            connection = open();
            current = connection;
        }
        return connection;
    }

    @SuppressWarnings("ReferenceEquality") // this very connection is meant
    private synchronized void drop(C connection) {
        if (current == connection) {
            close(connection);
            current = null;
            if (!unattended && refusal == null) {
                refusal = "the login was lost, and its PIN was typed in: restart to type it again";
            }
        }
    }

    private C open() {
        String reason = refusal;
        if (reason != null) {
            throw new TokenException(Reason.UNAVAILABLE, reason);
        }
        try {
            return opener.get();
        } catch (PinRefusedException e) {
            refusal = e.getMessage() + "; it is not tried again before a restart";
            throw new TokenException(Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends the connection; later calls are refused. */
    @Override
    public synchronized void close() {
        refusal = "the token is closed";
        C connection = current;
        if (connection != null) {
            close(connection);
            current = null;
        }
    }

    private static void close(AutoCloseable connection) {
        try {
            connection.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("a connection throws no checked exception", e);
        }
    }
}
