package dev.keyward.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of the trail. Its name says when it was begun, and which records it begins with, so names sort as the records
 * do: {@code audit-2026-02-03-000001-000000000000.jsonl} is the first file of chain 1. A file has its name from the
 * start and is never renamed; it holds records of one chain only. Immutable and thread-safe.
 *
 * @param path where it is
 * @param chain the number of its chain
 * @param first the sequence number of its first record
 */
record TrailFile(Path path, long chain, long first) {
    private static final Pattern NAME = Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}-(\\d{6,18})-(\\d{12,18})\\.jsonl");

    /** In the order of their records. */
    static final Comparator<TrailFile> ORDER =
            Comparator.comparingLong(TrailFile::chain).thenComparingLong(TrailFile::first);

    /** The file of that directory that begins with that record. */
    static TrailFile in(Path directory, Instant begun, long chain, long first) {
        String name = "audit-%s-%06d-%012d.jsonl"
                .formatted(begun.atOffset(ZoneOffset.UTC).toLocalDate(), chain, first);
        return new TrailFile(directory.resolve(name), chain, first);
    }

    /** The file that a path names; empty if it is not named like one of the trail. */
    static Optional<TrailFile> of(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches()
                ? Optional.of(new TrailFile(path, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    /** The files of a directory in the order of their records, without those that are empty. */
    static List<TrailFile> list(Path directory) throws IOException {
        List<TrailFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Optional<TrailFile> file = of(path);
                if (file.isPresent() && Files.size(path) > 0) {
                    files.add(file.get());
                }
            }
        }
        files.sort(ORDER);
        return files;
    }

    /** Its name. */
    String name() {
        return String.valueOf(path.getFileName());
    }
}
