package dev.keyward.pkcs11;

import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.pkcs11.raw.Pkcs11Exception;
import dev.keyward.pkcs11.raw.ReturnValue;
import java.util.Map;

/** What a token's answer means to those who know no PKCS#11. What is not in the table has failed. */
final class Failures {
    private static final Map<ReturnValue, Reason> REASONS = Map.ofEntries(
            Map.entry(ReturnValue.MECHANISM_INVALID, Reason.UNSUPPORTED),
            Map.entry(ReturnValue.MECHANISM_PARAM_INVALID, Reason.UNSUPPORTED),
            Map.entry(ReturnValue.FUNCTION_NOT_SUPPORTED, Reason.UNSUPPORTED),
            Map.entry(ReturnValue.OBJECT_HANDLE_INVALID, Reason.OBJECT_MISSING),
            Map.entry(ReturnValue.KEY_HANDLE_INVALID, Reason.OBJECT_MISSING),
            Map.entry(ReturnValue.UNWRAPPING_KEY_HANDLE_INVALID, Reason.OBJECT_MISSING),
            Map.entry(ReturnValue.SESSION_COUNT, Reason.BUSY),
            Map.entry(ReturnValue.SESSION_HANDLE_INVALID, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.SESSION_CLOSED, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.USER_NOT_LOGGED_IN, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.TOKEN_NOT_PRESENT, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.TOKEN_NOT_RECOGNIZED, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.DEVICE_REMOVED, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.DEVICE_ERROR, Reason.UNAVAILABLE),
            Map.entry(ReturnValue.CRYPTOKI_NOT_INITIALIZED, Reason.UNAVAILABLE));

    private Failures() {}

    /** The exception for the outside. */
    static TokenException translate(Pkcs11Exception e) {
        return new TokenException(
                REASONS.getOrDefault(e.returnValue(), Reason.FAILED), String.valueOf(e.getMessage()), e);
    }
}
