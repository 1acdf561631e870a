package dev.keyward.pkcs11.session;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Cryptoki;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import java.time.Duration;

/**
 * One login to a token, with its sessions. Handles are worth something only within it. When the token forgets the login
 * or its sessions the whole connection is thrown away, and another takes its place. Thread-safe.
 */
public final class Connection implements AutoCloseable {
    private final TokenDescription token;
    private final Keeper keeper;
    private final SessionPool sessions;

    private Connection(TokenDescription token, Keeper keeper, SessionPool sessions) {
        this.token = token;
        this.keeper = keeper;
        this.sessions = sessions;
    }

    /**
     * Finds the token and logs in.
     *
     * @param maximumSessions how many sessions to lend; one more is kept
     * @param sessionWait how long to wait for one
     * @throws PinRefusedException if the token does not take the PIN
     * @throws TokenException with {@link Reason#UNAVAILABLE} if the token is not there or there is no PIN
     */
    public static Connection open(
            Cryptoki cryptoki, TokenSelector selector, PinSource pin, int maximumSessions, Duration sessionWait) {
        TokenDescription token = new Slots(cryptoki).find(selector);
        Session session = Session.open(cryptoki, token);
        try {
            if (token.requiresLogin()) {
                logIn(session, token, pin);
            }
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        return new Connection(
                token,
                new Keeper(session),
                new SessionPool(() -> Session.open(cryptoki, token), maximumSessions, sessionWait));
    }

    private static void logIn(Session session, TokenDescription token, PinSource source) {
        if (token.isUserPinLocked()) {
            throw new PinRefusedException("the user PIN of token '" + token.label() + "' is locked", null);
        }
        try {
            source.lend(pin -> session.login(UserType.USER, pin));
        } catch (PinSource.PinUnavailableException e) {
            throw new TokenException(Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (Pkcs11Exception e) {
            if (e.is(ReturnValue.USER_ALREADY_LOGGED_IN)) {
                return; // by another engine of this process: a login is the whole application's
            }
            if (e.is(
                    ReturnValue.PIN_INCORRECT,
                    ReturnValue.PIN_INVALID,
                    ReturnValue.PIN_LEN_RANGE,
                    ReturnValue.PIN_LOCKED,
                    ReturnValue.PIN_EXPIRED)) {
                throw new PinRefusedException(
                        "token '" + token.label() + "' refused the user PIN: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** The token, as it was at login. */
    public TokenDescription token() {
        return token;
    }

    /** The session that owns session objects. */
    public Keeper keeper() {
        return keeper;
    }

    /** The sessions for everything else. */
    public SessionPool sessions() {
        return sessions;
    }

    /** Waits for calls under way, then closes every session, which ends the login if nobody else shares it. */
    @Override
    public void close() {
        sessions.close();
        keeper.close();
    }
}
