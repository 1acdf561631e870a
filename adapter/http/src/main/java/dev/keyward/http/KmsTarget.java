package dev.keyward.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Reads off the headers which operation of AWS KMS a request is for. */
final class KmsTarget {
    static final String TARGET = "X-Amz-Target";
    private static final String SERVICE_PREFIX = "TrentService.";
    private static final Pattern OPERATION_FORM = Pattern.compile("[A-Za-z0-9]{1,128}");
    private static final Pattern TYPE_FORM = Pattern.compile(
            Pattern.quote(Answers.JSON) + "(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);

    private KmsTarget() {}

    /** The operation, known or not; null if the request is for another service or speaks another protocol. */
    static @Nullable String operation(HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type == null || !isJson(type) || headers.contains(HttpHeader.CONTENT_ENCODING)) {
            return null;
        }
        String target = headers.get(TARGET);
        if (target == null || !target.startsWith(SERVICE_PREFIX)) {
            return null;
        }
        String operation = target.substring(SERVICE_PREFIX.length());
        return OPERATION_FORM.matcher(operation).matches() ? operation : null;
    }

    private static boolean isJson(String type) {
        return type.equals(Answers.JSON) || TYPE_FORM.matcher(type).matches();
    }
}
