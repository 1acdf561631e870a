package dev.keyward.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints one table. A round runs each of them once, in a JVM of its own; what is shown is the
 * median of the rounds. A ratio is taken within each round, of two measurements that follow each other, so a machine that
 * has other work spoils it less than it does the figures.
 */
public final class SpeedReport {
    private static final int ROUNDS = 3;
    private static final int MEASURED_SECONDS = 4;

    private final int rounds;
    private final List<Measured> subjects;
    private final Map<Measured, List<Double>> perSecond = new LinkedHashMap<>();

    private SpeedReport(int rounds, Pattern wanted) {
        this.rounds = rounds;
        this.subjects = Measured.find(wanted);
    }

    /** Takes {@code [--rounds N] [--only PATTERN]}. */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = ROUNDS;
        Pattern wanted = Pattern.compile("");
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--rounds" -> rounds = Integer.parseInt(words.next());
                case "--only" -> wanted = Pattern.compile(words.next());
                case String unknown -> throw new IllegalArgumentException("unknown argument " + unknown);
            }
        }
        SpeedReport report = new SpeedReport(rounds, wanted);
        report.run();
        report.table().lines().forEach(System.out::println);
    }

    private void run() throws RunnerException {
        for (int round = 1; round <= rounds; round++) {
            for (Measured subject : subjects) {
                double score = new Runner(options(subject))
                        .runSingle()
                        .getPrimaryResult()
                        .getScore();
                perSecond.computeIfAbsent(subject, first -> new ArrayList<>()).add(score);
                System.err.printf(
                        Locale.ROOT,
                        "round %d of %d: %s, threads %d: %,.0f/s%n",
                        round,
                        rounds,
                        subject.name(),
                        subject.threads(),
                        score);
            }
        }
    }

    private static Options options(Measured subject) {
        return new OptionsBuilder()
                .include(subject.pattern())
                .threads(subject.threads())
                .mode(Mode.Throughput)
                .forks(1)
                .warmupIterations(subject.row().warmupSeconds())
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASURED_SECONDS)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private MarkdownTable table() {
        MarkdownTable table = new MarkdownTable("what is done", "threads", "per second", "ratio");
        for (Measured subject : subjects) {
            table.row(
                    subject.row().title(),
                    Integer.toString(subject.threads()),
                    "%,.0f".formatted(median(scores(subject))),
                    ratios(subject));
        }
        return table;
    }

    private String ratios(Measured subject) {
        return String.join(
                "; ",
                Arrays.stream(subject.row().against())
                        .map(against -> ratio(subject, against))
                        .toList());
    }

    private String ratio(Measured subject, Against against) {
        List<Double> scores = scores(subject);
        List<Double> bases = scores(subject.base(against));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(scores.get(round) / bases.get(round));
        }
        double ratio = median(ratios);
        String text = "%.2f of %s".formatted(ratio, against.called());
        if (against.atLeast() == 0) {
            return text;
        }
        return text + (ratio >= against.atLeast() ? " (wanted: " : " (MISSED: ") + against.atLeast() + ")";
    }

    private List<Double> scores(Measured subject) {
        return perSecond.getOrDefault(subject, List.of());
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
