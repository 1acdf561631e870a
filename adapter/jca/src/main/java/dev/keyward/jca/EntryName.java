package dev.keyward.jca;

import java.util.regex.Pattern;

/**
 * How entries of the key store are called: a KMS alias, with or without {@code alias/} before it, or the id or ARN of a key
 * or alias.
 */
record EntryName(String inKms) {
    private static final String ALIAS = "alias/";
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

    static EntryName of(String name) {
        boolean isWhole = name.startsWith(ALIAS) || name.startsWith("arn:") || isKeyId(name);
        return new EntryName(isWhole ? name : ALIAS + name);
    }

    /** As the key store lists it: without {@code alias/}, unless it would then be taken for something else. */
    String listed() {
        String bare = inKms.startsWith(ALIAS) ? inKms.substring(ALIAS.length()) : inKms;
        return of(bare).equals(this) ? bare : inKms;
    }

    /** Whether it names an alias of the caller's account and Region. */
    boolean isAlias() {
        return inKms.startsWith(ALIAS);
    }

    private static boolean isKeyId(String name) {
        return KEY_ID.matcher(name).matches();
    }
}
