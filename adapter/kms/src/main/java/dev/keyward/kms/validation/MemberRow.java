package dev.keyward.kms.validation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of members. Immutable and thread-safe.
 *
 * @param operation AWS KMS's name of the operation
 * @param member the path of the member: {@code KeyId}, {@code Constraints.SourceArn}, {@code Tags[].TagKey}
 * @param type what the bounds measure
 * @param required whether it must not be absent
 * @param minimum the least length or value; null for no bound
 * @param maximum the greatest length or value; null for no bound
 * @param pattern what the whole value must match; null for anything
 * @param values the values it may have; empty for any
 */
record MemberRow(
        String operation,
        String member,
        Type type,
        boolean required,
        @Nullable Integer minimum,
        @Nullable Integer maximum,
        @Nullable Pattern pattern,
        List<String> values) {

    /** The types of members. */
    enum Type {
        STRING,
        INTEGER,
        BOOLEAN,
        TIMESTAMP,
        BLOB,
        LIST,
        STRUCTURE,
        /** A map of strings to strings that is bounded by the bytes of all of them. */
        CONTEXT
    }

    private static final int COLUMNS = 8;
    private static final String NOTHING = "-";

    /**
     * Reads a line of the table.
     *
     * @throws IllegalStateException if it has not its eight columns
     * @throws IllegalArgumentException if a column cannot be read
     */
    static MemberRow parse(String line) {
        List<String> columns = List.of(line.split("\t", -1));
        if (columns.size() != COLUMNS) {
            throw new IllegalStateException("not a row of members: " + line);
        }
        String pattern = columns.get(6);
        String values = columns.get(7);
        return new MemberRow(
                columns.get(0),
                columns.get(1),
                Type.valueOf(columns.get(2).toUpperCase(Locale.ROOT)),
                columns.get(3).equals("required"),
                bound(columns.get(4)),
                bound(columns.get(5)),
                pattern.equals(NOTHING) ? null : Pattern.compile(pattern),
                values.equals(NOTHING) ? List.of() : List.of(values.split("\\|", -1)));
    }

    private static @Nullable Integer bound(String column) {
        return column.equals(NOTHING) ? null : Integer.valueOf(column);
    }
}
