package dev.keyward.http.sigv4;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The Authorization header, read strictly: the three parameters once each and no other. Immutable and thread-safe.
 *
 * @param credential who claims to sign, and for what
 * @param signedHeaders the names of the signed headers: lower case, ascending, each once
 * @param signature 64 lower-case hexadecimal digits
 */
record Authorization(Credential credential, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String CREDENTIAL = "Credential";
    private static final String SIGNED_HEADERS = "SignedHeaders";
    private static final String SIGNATURE = "Signature";
    private static final List<String> PARAMETERS = List.of(CREDENTIAL, SIGNATURE, SIGNED_HEADERS);
    private static final Pattern SIGNATURE_FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int MAXIMUM_SIGNED_HEADERS = 64;

    /** @throws dev.keyward.contract.KeywardException IncompleteSignatureException if {@code header} has another form */
    static Authorization parse(String header) {
        int space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).equals(ALGORITHM)) {
            throw Refusals.incomplete("Unsupported AWS 'algorithm': only '" + ALGORITHM + "' is supported.");
        }
        Map<String, String> parameters = parameters(header.substring(space + 1));
        String signature = parameters.getOrDefault(SIGNATURE, "");
        if (!SIGNATURE_FORM.matcher(signature).matches()) {
            throw Refusals.incomplete("'Signature' must be 64 lower-case hexadecimal digits.");
        }
        return new Authorization(
                Credential.parse(parameters.getOrDefault(CREDENTIAL, "")),
                signedHeaders(parameters.getOrDefault(SIGNED_HEADERS, "")),
                signature);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals < 0 || !PARAMETERS.contains(name)) {
                throw Refusals.incomplete("Authorization header has a part that is not one of " + PARAMETERS + ".");
            }
            if (parameters.put(name, part.substring(equals + 1).strip()) != null) {
                throw Refusals.incomplete("Authorization header has '" + name + "' more than once.");
            }
        }
        refuseMissing(parameters);
        return parameters;
    }

    /** AWS names every missing parameter in one message. */
    private static void refuseMissing(Map<String, String> parameters) {
        List<String> missing = new ArrayList<>();
        for (String name : PARAMETERS) {
            if (!parameters.containsKey(name)) {
                missing.add("Authorization header requires '" + name + "' parameter.");
            }
        }
        if (!missing.isEmpty()) {
            throw Refusals.incomplete(String.join(" ", missing));
        }
    }

    private static List<String> signedHeaders(String text) {
        List<String> names = List.of(text.split(";", -1));
        if (names.size() > MAXIMUM_SIGNED_HEADERS) {
            throw Refusals.incomplete("At most " + MAXIMUM_SIGNED_HEADERS + " headers can be signed.");
        }
        String previous = "";
        for (String name : names) {
            if (name.compareTo(previous) <= 0 || !HeaderNames.isLowerCaseToken(name)) {
                throw Refusals.incomplete("'SignedHeaders' must be header names in lower case, sorted, each once,"
                        + " separated by semicolons.");
            }
            previous = name;
        }
        return names;
    }
}
