package dev.keyward.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row with the key of the seals and the head over them. */
final class RowSealTable {
    private static final String PUT = """
            INSERT INTO row_seals (only_row, sealed_key, head) VALUES (TRUE, :sealedKey, :head)
            ON CONFLICT (only_row) DO UPDATE SET sealed_key = excluded.sealed_key, head = excluded.head
            """;
    private static final String PUT_HEAD = "UPDATE row_seals SET head = :head";
    private static final String FIND = "SELECT sealed_key, head FROM row_seals";

    private RowSealTable() {}

    /**
     * What the row says.
     *
     * @param sealedKey the secret of the {@link RowKey}, sealed by the token
     * @param head the {@link RowHead}, sealed under that key
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Content(byte[] sealedKey, byte[] head) {}

    static void put(Handle handle, Content content) {
        handle.createUpdate(PUT)
                .bind("sealedKey", content.sealedKey())
                .bind("head", content.head())
                .execute();
    }

    static void putHead(Handle handle, byte[] head) {
        handle.createUpdate(PUT_HEAD).bind("head", head).execute();
    }

    static Optional<Content> find(Handle handle) {
        return handle.createQuery(FIND)
                .map((row, context) -> new Content(row.getBytes("sealed_key"), row.getBytes("head")))
                .findOne();
    }
}
