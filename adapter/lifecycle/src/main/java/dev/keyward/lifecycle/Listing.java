package dev.keyward.lifecycle;

import dev.keyward.contract.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as an operation answers it.
 *
 * @param items the rows
 * @param nextMarker where to go on; null if this was the end
 */
public record Listing<T>(List<T> items, @Nullable String nextMarker) {
    /** Copies the list. */
    public Listing {
        items = List.copyOf(items);
    }

    /** Whether there is more. */
    public boolean truncated() {
        return nextMarker != null;
    }

    static <T> Listing<T> of(Page<T> page, Function<T, String> position) {
        return new Listing<>(
                page.items(),
                page.more() ? Markers.after(position.apply(page.items().getLast())) : null);
    }

    /** Cuts a page out of a list that is in the order of its positions. */
    static <T> Listing<T> cut(List<T> all, Function<T, String> position, @Nullable String marker, int limit) {
        String after = Markers.position(marker);
        List<T> rest = all.stream()
                .filter(item -> after == null || position.apply(item).compareTo(after) > 0)
                .toList();
        return of(new Page<>(rest.subList(0, Math.min(limit, rest.size())), rest.size() > limit), position);
    }
}
