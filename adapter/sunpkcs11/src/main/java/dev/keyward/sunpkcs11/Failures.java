package dev.keyward.sunpkcs11;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What SunPKCS11's exceptions mean to those who know no PKCS#11. The token's return value stands only in the message of a
 * cause, which begins with its name. What is not in the table has failed. Stateless.
 */
final class Failures {
    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("CKR_MECHANISM_INVALID", Reason.UNSUPPORTED),
            Map.entry("CKR_MECHANISM_PARAM_INVALID", Reason.UNSUPPORTED),
            Map.entry("CKR_FUNCTION_NOT_SUPPORTED", Reason.UNSUPPORTED),
            Map.entry("CKR_OBJECT_HANDLE_INVALID", Reason.OBJECT_MISSING),
            Map.entry("CKR_KEY_HANDLE_INVALID", Reason.OBJECT_MISSING),
            Map.entry("CKR_SESSION_COUNT", Reason.BUSY),
            Map.entry("CKR_SESSION_HANDLE_INVALID", Reason.UNAVAILABLE),
            Map.entry("CKR_SESSION_CLOSED", Reason.UNAVAILABLE),
            Map.entry("CKR_USER_NOT_LOGGED_IN", Reason.UNAVAILABLE),
            Map.entry("CKR_TOKEN_NOT_PRESENT", Reason.UNAVAILABLE),
            Map.entry("CKR_TOKEN_NOT_RECOGNIZED", Reason.UNAVAILABLE),
            Map.entry("CKR_DEVICE_REMOVED", Reason.UNAVAILABLE),
            Map.entry("CKR_DEVICE_ERROR", Reason.UNAVAILABLE),
            Map.entry("CKR_CRYPTOKI_NOT_INITIALIZED", Reason.UNAVAILABLE));

    private static final String RETURN_VALUE = "CKR_";

    private Failures() {}

    /** Something that may throw what JCA throws. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws GeneralSecurityException;
    }

    /**
     * Does something with SunPKCS11.
     *
     * @throws TokenException for whatever it throws
     */
    static <T> T translated(String what, Action<T> action) {
        try {
            return action.run();
        } catch (GeneralSecurityException | ProviderException e) {
            throw translate(what, e);
        }
    }

    /** The exception for the outside. */
    static TokenException translate(String what, Exception e) {
        if (e instanceof NoSuchAlgorithmException) {
            return new TokenException(
                    Reason.UNSUPPORTED, what + ": this token has no mechanism for it: " + e.getMessage(), e);
        }
        Optional<String> returnValue = returnValue(e);
        return new TokenException(
                returnValue.map(REASONS::get).orElse(Reason.FAILED),
                what + ": " + returnValue.orElse(String.valueOf(e.getMessage())),
                e);
    }

    /** The exception for the outside, of what must work for anything to work. */
    static TokenException unavailable(String what, Exception e) {
        return new TokenException(
                Reason.UNAVAILABLE, what + ": " + returnValue(e).orElse(String.valueOf(e.getMessage())), e);
    }

    /** Whether the token answered one of these. */
    static boolean says(Exception e, Set<String> returnValues) {
        return returnValue(e).filter(returnValues::contains).isPresent();
    }

    private static Optional<String> returnValue(Exception e) {
        return Stream.<Throwable>iterate(e, Throwable::getCause)
                .limit(8) // no cycles
                .takeWhile(cause -> cause != null)
                .map(cause -> List.of(String.valueOf(cause.getMessage()).split(" ", -1))
                        .getFirst())
                .filter(word -> word.startsWith(RETURN_VALUE))
                .findFirst();
    }
}
