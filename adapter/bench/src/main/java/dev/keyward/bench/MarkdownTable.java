package dev.keyward.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table that can be read as it is and as Markdown. Not thread-safe. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row, with as many cells as there are headings. */
    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines. */
    List<String> lines() {
        int[] widths =
                IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
        List<String> lines =
                new ArrayList<>(rows.stream().map(row -> line(row, widths, ' ')).toList());
        List<String> empty = rows.getFirst().stream().map(heading -> "").toList();
        lines.add(1, line(empty, widths, '-'));
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }

    private static String line(List<String> cells, int[] widths, char filler) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(' ')
                    .append(cell)
                    .repeat(filler, widths[column] - cell.length())
                    .append(" |");
        }
        return line.toString();
    }
}
