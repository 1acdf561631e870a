package dev.keyward.policy;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;

/** Refusals of a policy document. */
final class MalformedPolicy {
    private static final int LONGEST_QUOTE = 100;

    private MalformedPolicy() {}

    /** A refusal that says what is wrong. */
    static KeywardException because(String reason) {
        return new KeywardException(ErrorCode.MALFORMED_POLICY_DOCUMENT, reason);
    }

    /** A refusal that says where something is wrong, and what. */
    static KeywardException at(String place, String reason) {
        return because(place + ": " + reason);
    }

    /** A value of the document, in quotation marks, cut short and without control characters. */
    static String quote(String value) {
        String shown = value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "...";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
