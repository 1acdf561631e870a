package dev.keyward.boot;

import java.util.regex.Pattern;

/** What access key ids and secret access keys look like: AWS IAM's rule for ids, and one line of printable ASCII. */
final class AccessKeyForm {
    static final String ID_ALLOWED = "16 to 128 letters, digits and _";
    static final String SECRET_ALLOWED = "16 to 128 printable ASCII characters without spaces";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{16,128}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{16,128}");

    private AccessKeyForm() {}

    /** @throws IllegalArgumentException if it is not {@link #ID_ALLOWED} */
    static String checkedId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("an access key id has " + ID_ALLOWED);
        }
        return id;
    }

    /** Whether it is {@link #ID_ALLOWED}. */
    static boolean isId(CharSequence id) {
        return ID.matcher(id).matches();
    }

    /** Whether it is {@link #SECRET_ALLOWED}. */
    static boolean isSecret(CharSequence secret) {
        return SECRET.matcher(secret).matches();
    }
}
