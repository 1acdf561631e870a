package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.MetadataStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is done with a key's tags. Thread-safe. */
public final class Tags {
    private static final String RESERVED_PREFIX = "aws:";

    private final MetadataStore store;

    Tags(MetadataStore store) {
        this.store = store;
    }

    /**
     * Puts the tags of a request into a map.
     *
     * @param pairs key and value of each, in their order
     * @throws KeywardException with {@link ErrorCode#TAG} if a key is given twice
     */
    public static SequencedMap<String, String> distinct(List<Map.Entry<String, String>> pairs) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs) {
            if (tags.put(pair.getKey(), pair.getValue()) != null) {
                throw new KeywardException(ErrorCode.TAG, "Duplicate tag keys");
            }
        }
        return tags;
    }

    /** Adds tags, and gives those that are there already their new values. */
    public void put(KeyRecord key, SequencedMap<String, String> added) {
        requireValid(added, key.tags());
        Map<String, String> tags = new LinkedHashMap<>(key.tags());
        tags.putAll(added);
        store.updateKey(key.toBuilder().tags(tags).build());
    }

    /** Takes tags away; those that are not there are passed over. */
    public void remove(KeyRecord key, Collection<String> removed) {
        requireUnreserved(removed);
        Map<String, String> tags = new LinkedHashMap<>(key.tags());
        if (tags.keySet().removeAll(removed)) {
            store.updateKey(key.toBuilder().tags(tags).build());
        }
    }

    /** The tags, in the order of their keys. */
    public Listing<Map.Entry<String, String>> list(KeyRecord key, @Nullable String marker, int limit) {
        List<Map.Entry<String, String>> sorted = key.tags().entrySet().stream()
                .<Map.Entry<String, String>>map(tag -> Map.entry(tag.getKey(), tag.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        return Listing.cut(sorted, Map.Entry::getKey, marker, limit);
    }

    static void requireValid(Map<String, String> added, Map<String, String> present) {
        requireUnreserved(added.keySet());
        long fresh =
                added.keySet().stream().filter(key -> !present.containsKey(key)).count();
        if (present.size() + fresh > Limits.TAGS_PER_KEY) {
            throw new KeywardException(ErrorCode.TAG, "Too many tags");
        }
    }

    private static void requireUnreserved(Collection<String> keys) {
        if (keys.stream().anyMatch(key -> key.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX))) {
            throw new KeywardException(ErrorCode.TAG, "Tags beginning with aws: are reserved");
        }
    }
}
