package dev.keyward.store;

import dev.keyward.contract.KeyId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tags of keys, in their order. */
final class TagTable {
    static final String TABLE = "tags";

    private static final String INSERT = """
            INSERT INTO tags (key_id, position, tag_key, tag_value) VALUES (:key, :position, :tagKey, :tagValue)
            """;
    private static final String DELETE_ALL = "DELETE FROM tags WHERE key_id = :key";
    private static final String FIND = """
            SELECT * FROM tags WHERE key_id IN (<keys>) ORDER BY key_id, position
            """;

    private TagTable() {}

    static void insertAll(Handle handle, KeyId key, SequencedMap<String, String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        int position = 0;
        for (Map.Entry<String, String> tag : tags.sequencedEntrySet()) {
            batch.bind("key", key.value())
                    .bind("position", position++)
                    .bind("tagKey", tag.getKey())
                    .bind("tagValue", tag.getValue())
                    .add();
        }
        batch.execute();
    }

    static void deleteAll(Handle handle, KeyId key) {
        handle.createUpdate(DELETE_ALL).bind("key", key.value()).execute();
    }

    /** The tags of several keys, by key id. */
    static Map<String, SequencedMap<String, String>> find(Handle handle, List<String> keys) {
        Map<String, SequencedMap<String, String>> found = new HashMap<>();
        handle.createQuery(FIND)
                .bindList("keys", keys)
                .map((row, context) ->
                        Optional.ofNullable(found.computeIfAbsent(row.getString("key_id"), key -> new LinkedHashMap<>())
                                .put(row.getString("tag_key"), row.getString("tag_value"))))
                .list();
        return found;
    }
}
