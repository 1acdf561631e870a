package dev.keyward.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Tells the requests of AWS's query protocol, which AWS STS speaks, from those of AWS KMS. */
final class QueryForm {
    private static final Pattern TYPE = Pattern.compile(
            "application/x-www-form-urlencoded(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);

    private QueryForm() {}

    static boolean isQuery(HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        return type != null
                && TYPE.matcher(type).matches()
                && !headers.contains(HttpHeader.CONTENT_ENCODING)
                && !headers.contains(KmsTarget.TARGET);
    }
}
