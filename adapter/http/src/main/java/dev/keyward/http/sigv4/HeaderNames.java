package dev.keyward.http.sigv4;

/** The header names that a signature is about. */
final class HeaderNames {
    static final String AUTHORIZATION = "authorization";
    static final String CONTENT_LENGTH = "content-length";
    static final String CONTENT_TYPE = "content-type";
    static final String DATE = "date";
    static final String HOST = "host";
    static final String AMZ_PREFIX = "x-amz-";
    static final String AMZ_CONTENT_SHA256 = "x-amz-content-sha256";
    static final String AMZ_DATE = "x-amz-date";
    static final String AMZ_SECURITY_TOKEN = "x-amz-security-token";
    static final String AMZ_TARGET = "x-amz-target";

    private static final String SYMBOLS = "!#$%&'*+-.^_`|~";

    private HeaderNames() {}

    /** Whether {@code name} is a token of RFC 9110, section 5.6.2, without capitals. */
    static boolean isLowerCaseToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && SYMBOLS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether a second header of that name would leave open which of the two is meant. */
    static boolean mayAppearOnce(String name) {
        return name.startsWith(AMZ_PREFIX)
                || switch (name) {
                    case AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HOST -> true;
                    default -> false;
                };
    }
}
