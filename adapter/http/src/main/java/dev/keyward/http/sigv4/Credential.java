package dev.keyward.http.sigv4;

import java.util.regex.Pattern;

/**
 * The credential of a signature: an access key id and the scope it signed for. Nothing of it is proven. Immutable and
 * thread-safe.
 */
record Credential(String accessKeyId, String date, String region, String service, String terminator) {
    static final String TERMINATOR = "aws4_request";

    private static final int ELEMENTS = 5;
    private static final Pattern ACCESS_KEY_ID_FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** @throws dev.keyward.contract.KeywardException IncompleteSignatureException if {@code text} has not five elements */
    static Credential parse(String text) {
        String[] elements = text.split("/", -1);
        if (elements.length != ELEMENTS) {
            throw Refusals.incomplete("Credential must have exactly 5 slash-delimited elements, e.g."
                    + " keyid/date/region/service/term.");
        }
        if (!ACCESS_KEY_ID_FORM.matcher(elements[0]).matches()) {
            throw Refusals.unrecognizedClient();
        }
        return new Credential(elements[0], elements[1], elements[2], elements[3], elements[4]);
    }

    /** The scope as it goes into the string to sign. */
    String scope() {
        return date + "/" + region + "/" + service + "/" + terminator;
    }
}
