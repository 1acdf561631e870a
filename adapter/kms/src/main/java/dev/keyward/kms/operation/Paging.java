package dev.keyward.kms.operation;

import org.jspecify.annotations.Nullable;

/** How many rows a list shows when it is not told, by AWS KMS's documentation. */
final class Paging {
    /** Of keys. */
    static final int LONG_PAGE = 100;

    /** Of aliases, grants and tags. */
    static final int SHORT_PAGE = 50;

    private Paging() {}

    static int limit(@Nullable Integer asked, int absent) {
        return asked == null ? absent : asked;
    }
}
