package dev.keyward.contract;

import java.util.List;

/**
 * Some rows of a longer list.
 *
 * @param items the rows, at most as many as were asked for
 * @param more whether there are rows after them
 */
public record Page<T>(List<T> items, boolean more) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
