package dev.keyward.identity.sts;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request of the query protocol. One that is given twice, or that nobody asked for, is refused: what
 * is not understood is not passed over. Not thread-safe.
 */
final class Parameters {
    private static final int MAXIMUM_PARAMETERS = 64;

    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a form-encoded body. */
    static Parameters parse(byte[] body) {
        Map<String, String> values = new LinkedHashMap<>();
        String text = utf8(body);
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || values.size() == MAXIMUM_PARAMETERS) {
                throw invalid("The request must be at most " + MAXIMUM_PARAMETERS + " form-encoded parameters.");
            }
            String name = decoded(pair.substring(0, equals));
            if (values.put(name, decoded(pair.substring(equals + 1))) != null) {
                throw invalid("Parameter '" + name + "' is given more than once.");
            }
        }
        return new Parameters(values);
    }

    /** What was given under a name; null for nothing. */
    @Nullable
    String find(String name) {
        read.add(name);
        return values.get(name);
    }

    /** What was given under a name that must be given, which must have a length and a form. */
    String require(String name, int shortest, int longest, Pattern form) {
        return optional(name, shortest, longest, form)
                .orElseThrow(() -> invalid("1 validation error detected: Value null at '" + member(name)
                        + "' failed to satisfy constraint: Member must not be null"));
    }

    /** What was given under a name, which must have a length and a form. */
    Optional<String> optional(String name, int shortest, int longest, Pattern form) {
        String value = find(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.length() < shortest) {
            throw violated(name, "Member must have length greater than or equal to " + shortest);
        }
        if (value.length() > longest) {
            throw violated(name, "Member must have length less than or equal to " + longest);
        }
        if (!form.matcher(value).matches()) {
            throw violated(name, "Member must satisfy regular expression pattern: " + form.pattern());
        }
        return Optional.of(value);
    }

    /** Refuses whatever was given and not asked for. */
    void refuseOthers() {
        for (String name : values.keySet()) {
            if (!read.contains(name)) {
                throw invalid("Parameter '" + name + "' is unknown or not supported.");
            }
        }
    }

    private static StsException violated(String name, String constraint) {
        return invalid("1 validation error detected: Value at '" + member(name) + "' failed to satisfy constraint: "
                + constraint);
    }

    /** AWS names members as its model does, with a small letter first. */
    private static String member(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static StsException invalid(String message) {
        return new StsException(StsError.VALIDATION, message);
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw invalid("The request is not UTF-8.");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw invalid("The request is not form-encoded.");
        }
    }
}
