package dev.keyward.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What rows say, as input of a MAC: every column by its name, with its value, whose kinds and lengths are written too. No
 * two contents are written alike. A column that is null is left out, so a row keeps its seal when its table gets another
 * column. Not thread-safe.
 */
final class RowContent {
    /** The column that holds the seal itself. */
    static final String SEAL = "seal";

    private static final byte ROW = 'R';
    private static final byte TEXT = 'T';
    private static final byte NUMBER = 'N';
    private static final byte BYTES = 'B';
    private static final byte OTHER = 'O';

    private final Mac mac;

    /** @param mac ready for input */
    RowContent(Mac mac) {
        this.mac = mac;
    }

    /** Adds a row of a table. */
    RowContent add(String table, ResultSet row) throws SQLException {
        mac.update(ROW);
        text(table);
        for (var column : columns(row).entrySet()) {
            text(column.getKey());
            value(column.getValue());
        }
        return this;
    }

    private static SortedMap<String, Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData form = row.getMetaData();
        SortedMap<String, Object> columns = new TreeMap<>();
        for (int column = 1; column <= form.getColumnCount(); column++) {
            @Nullable Object value = row.getObject(column);
            if (value != null && !form.getColumnName(column).equals(SEAL)) {
                columns.put(form.getColumnName(column), value);
            }
        }
        return columns;
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Boolean truth -> number(truth ? 1 : 0);
            case Integer number -> number(number);
            case Long number -> number(number);
            case byte[] bytes -> bytes(BYTES, bytes);
            // Nothing of ours: a column that somebody else has written. It makes another content than any of ours.
            default -> bytes(OTHER, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void text(String text) {
        bytes(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void number(long number) {
        mac.update(NUMBER);
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private void bytes(byte kind, byte[] bytes) {
        mac.update(kind);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    /** The seal of all that was added. */
    byte[] seal() {
        return mac.doFinal();
    }
}
