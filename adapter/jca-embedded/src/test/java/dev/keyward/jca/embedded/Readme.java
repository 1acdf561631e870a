package dev.keyward.jca.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The README's page about Java: its blocks, which are indented. */
final class Readme {
    private static final Path FILE = Path.of("..", "..", "README.md");
    private static final String PAGE = "## From Java";
    private static final String INDENT = "    ";

    private Readme() {}

    /** The blocks of that page, in order. */
    static List<String> blocks() throws IOException {
        List<String> page = Files.readAllLines(FILE).stream()
                .dropWhile(line -> !line.equals(PAGE))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
        List<String> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : page) {
            if (line.startsWith(INDENT)) {
                block.add(line.substring(INDENT.length()));
            } else if (!block.isEmpty()) {
                blocks.add(String.join("\n", block));
                block.clear();
            }
        }
        return blocks;
    }

    /** Those that are Java. */
    static List<String> javaBlocks() throws IOException {
        return blocks().stream().filter(isJava()).toList();
    }

    /** The one that is not Java and begins so. */
    static String block(String beginning) throws IOException {
        return blocks().stream()
                .filter(isJava().negate())
                .filter(block -> block.startsWith(beginning))
                .findAny()
                .orElseThrow(() -> new AssertionError("the README has no block that begins " + beginning));
    }

    private static Predicate<String> isJava() {
        return block -> block.lines().anyMatch(line -> line.endsWith(";") || line.contains("; //"));
    }

    /** Lines without their indentation, which depends on where they stand. */
    static String unindented(String text) {
        return Arrays.stream(text.split("\n", -1)).map(String::strip).collect(Collectors.joining("\n"));
    }
}
