package dev.keyward.store;

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
    static RowName of(SealedTable table, ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>();
        for (String column : table.keyColumns()) {
            key.add(String.valueOf(row.getString(column)));
        }
        return new RowName(table, List.copyOf(key));
    }

    /** How it is spoken of. */
    @Override
    public String toString() {
        return "row " + String.join(", ", key) + " of " + table.table();
    }
}
