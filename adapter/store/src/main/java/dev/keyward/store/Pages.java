package dev.keyward.store;

import dev.keyward.contract.Page;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pages by key: the next page begins after the last row of this one, whatever was added or deleted meanwhile. */
final class Pages {
    private Pages() {}

    /** What to compare with for the rows after {@code after}: every key that there can be comes after the empty text. */
    static String start(@Nullable Object after) {
        return after == null ? "" : after.toString();
    }

    /**
     * Asks for one row more than wanted, which tells whether there are more.
     *
     * @throws IllegalArgumentException if no row is wanted
     */
    static <T> Page<T> page(int limit, IntFunction<List<T>> query) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row, not " + limit);
        }
        List<T> rows = query.apply(limit + 1);
        boolean more = rows.size() > limit;
        return new Page<>(more ? rows.subList(0, limit) : rows, more);
    }
}
