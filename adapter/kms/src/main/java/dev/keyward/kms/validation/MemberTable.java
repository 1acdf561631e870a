package dev.keyward.kms.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The table of members, {@code members.tsv} beside this class. Immutable and thread-safe. */
public final class MemberTable {
    private final Map<String, SequencedMap<String, MemberRow>> rowsByOperation;

    private MemberTable(Map<String, SequencedMap<String, MemberRow>> rowsByOperation) {
        this.rowsByOperation = rowsByOperation;
    }

    /**
     * Reads the table.
     *
     * @throws IllegalStateException if it is not there or not in order
     */
    public static MemberTable load() {
        try (InputStream table = MemberTable.class.getResourceAsStream("members.tsv")) {
            if (table == null) {
                throw new IllegalStateException("members.tsv is missing");
            }
            return read(new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MemberTable read(BufferedReader table) {
        Map<String, SequencedMap<String, MemberRow>> rows = new LinkedHashMap<>();
        table.lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1) // the names of the columns
                .map(MemberRow::parse)
                .forEach(row -> {
                    MemberRow former = rows.computeIfAbsent(row.operation(), _ -> new LinkedHashMap<>())
                            .putIfAbsent(row.member(), row);
                    if (former != null) {
                        throw new IllegalStateException("two rows for " + row.operation() + " " + row.member());
                    }
                });
        return new MemberTable(rows);
    }

    /** Whether the operation has that member, by its path. */
    public boolean knows(String operation, String member) {
        return find(operation, member) != null;
    }

    /** The row of a member, or null if the operation has no such member. */
    @Nullable
    MemberRow find(String operation, String member) {
        return rows(operation).get(member);
    }

    /** The rows of an operation by the path of the member, in the table's order; none for one without members. */
    SequencedMap<String, MemberRow> rows(String operation) {
        return rowsByOperation.getOrDefault(operation, new LinkedHashMap<>());
    }
}
