package dev.keyward.store;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tables whose rows decide something, and so carry seals. */
enum SealedTable {
    KEYS("keys", List.of("id"), List.of(MaterialTable.TABLE, TagTable.TABLE)),
    ALIASES("aliases", List.of("account", "region", "name"), List.of()),
    GRANTS("grants", List.of("id"), List.of()),
    LAST_USAGES("last_usages", List.of("key_id"), List.of()),
    WRAPPING_KEYS("wrapping_keys", List.of("id"), List.of()),
    IDENTITIES("identities", List.of("unique_id"), List.of()),
    ACCESS_KEYS("access_keys", List.of("id"), List.of());

    private final String table;
    private final List<String> keyColumns;
    private final List<String> parts;

    /**
     * @param keyColumns what a row is found by
     * @param parts tables whose rows belong to a row here by its {@code key_id}, each in the order of their {@code position}
     */
    SealedTable(String table, List<String> keyColumns, List<String> parts) {
        this.table = table;
        this.keyColumns = keyColumns;
        this.parts = parts;
    }

    String table() {
        return table;
    }

    List<String> keyColumns() {
        return keyColumns;
    }

    /** Whether no such table has a row. */
    static boolean areAllEmpty(Handle handle) {
        return Arrays.stream(values())
                .allMatch(table -> handle.createQuery("SELECT count(*) FROM " + table.table)
                                .mapTo(Long.class)
                                .one()
                        == 0);
    }

    /** Finds all rows. */
    String selectAll() {
        return "SELECT * FROM " + table;
    }

    /** Finds a row by its key. */
    String select() {
        return selectAll() + whereKey();
    }

    /** The tables with its parts. */
    List<String> parts() {
        return parts;
    }

    /** Finds the parts of a row in one of those tables, by its key. */
    static String selectPart(String part) {
        return "SELECT * FROM " + part + " WHERE key_id = ? ORDER BY position";
    }

    /** Sets the seal of a row, by its key. */
    String update() {
        return "UPDATE " + table + " SET seal = ?" + whereKey();
    }

    private String whereKey() {
        return keyColumns.stream().map(column -> column + " = ?").collect(joining(" AND ", " WHERE ", ""));
    }
}
