package dev.keyward.bench;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark with a number of threads. Immutable and thread-safe.
 *
 * @param method the benchmark
 * @param threads how many threads run it at once
 */
record Measured(Method method, int threads) {
    /**
     * Those whose name, such as {@code InProcess.encrypt}, has something that matches, in the order in which they are to
     * be run: what is compared comes first, each directly after what it is compared with, so that both meet the same
     * weather.
     */
    static List<Measured> find(Pattern wanted) {
        List<Measured> matching = benchmarks()
                .flatMap(Measured::withEachNumberOfThreads)
                .filter(measured -> wanted.matcher(measured.name()).find())
                .toList();
        SequencedSet<Measured> ordered = new LinkedHashSet<>();
        for (Measured measured : matching) {
            Against[] against = measured.row().against();
            if (against.length > 0) {
                Arrays.stream(against).map(measured::base).forEach(ordered::add);
                ordered.add(measured);
            }
        }
        ordered.addAll(matching);
        return List.copyOf(ordered);
    }

    /** Every method that JMH's annotation processor found, by class and name. */
    private static Stream<Method> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUserClassQName)
                .distinct()
                .sorted()
                .flatMap(Measured::methods);
    }

    private static Stream<Method> methods(String type) {
        try {
            return Arrays.stream(Class.forName(type).getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .sorted(Comparator.comparing(Method::getName));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Measured> withEachNumberOfThreads(Method method) {
        Row row = method.getAnnotation(Row.class);
        if (row == null) {
            throw new IllegalStateException(method + " has no @Row");
        }
        return Arrays.stream(row.threads()).mapToObj(threads -> new Measured(method, threads));
    }

    Row row() {
        return method.getAnnotation(Row.class);
    }

    /** The name for people. */
    String name() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** The pattern that has JMH run this one benchmark. */
    String pattern() {
        return "^" + Pattern.quote(method.getDeclaringClass().getName() + "." + method.getName()) + "$";
    }

    /** What this is compared with. */
    Measured base(Against against) {
        return methods(against.type().getName())
                .filter(candidate -> candidate.getName().equals(against.method()))
                .map(candidate -> new Measured(candidate, threads))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no benchmark " + against));
    }
}
