package dev.keyward.store;

import dev.keyward.contract.StoreException;
import dev.keyward.contract.StoreException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the sealed rows. Immutable and thread-safe.
 *
 * @param table where it is
 * @param key what it is found by there
 */
record RowName(SealedTable table, List<String> key) {
    /** @throws StoreException with {@link Reason#NOT_AUTHENTIC} if its key is not text */
    static RowName of(SealedTable table, ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>();
        for (String column : table.keyColumns()) {
            // Of another type it would be another row that reads alike.
            if (!(row.getObject(column) instanceof String text)) {
                throw new StoreException(
                        Reason.NOT_AUTHENTIC,
                        "a row of " + table.table() + " is not as Keyward wrote it: its " + column);
            }
            key.add(text);
        }
        return new RowName(table, List.copyOf(key));
    }

    /** How it is spoken of. */
    @Override
    public String toString() {
        return "row " + String.join(", ", key) + " of " + table.table();
    }
}
