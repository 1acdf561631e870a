package dev.keyward.kms.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Something that a value must satisfy, and how AWS KMS says so. Immutable and thread-safe. */
sealed interface Constraint {
    /** Whether the value satisfies it. */
    boolean isSatisfiedBy(Object value);

    /** What AWS KMS says of a value that does not. */
    String text();

    /** The constraints of a row, in the order in which AWS lists those of a list's elements. */
    static List<Constraint> of(MemberRow row) {
        List<Constraint> constraints = new ArrayList<>();
        switch (row.type()) {
            case STRING, BLOB, LIST -> {
                addIf(row.maximum(), constraints, LongestLength::new);
                addIf(row.minimum(), constraints, ShortestLength::new);
            }
            case INTEGER -> {
                addIf(row.maximum(), constraints, GreatestValue::new);
                addIf(row.minimum(), constraints, LeastValue::new);
            }
            case CONTEXT -> addIf(row.maximum(), constraints, LargestContext::new);
            case BOOLEAN, TIMESTAMP, STRUCTURE -> {}
        }
        if (row.pattern() != null) {
            constraints.add(new Matching(row.pattern(), row.maximum() == null ? Integer.MAX_VALUE : row.maximum()));
        }
        if (!row.values().isEmpty()) {
            constraints.add(new OneOf(row.values()));
        }
        return List.copyOf(constraints);
    }

    private static void addIf(
            @Nullable Integer bound, List<Constraint> constraints, IntFunction<Constraint> constraint) {
        if (bound != null) {
            constraints.add(constraint.apply(bound));
        }
    }

    private static int lengthOf(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case SdkBytes bytes -> bytes.asByteArrayUnsafe().length;
            case Collection<?> elements -> elements.size();
            default -> throw new IllegalStateException("a value without a length: " + value.getClass());
        };
    }

    /** A length in characters, bytes or elements that is not too great. */
    record LongestLength(int maximum) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            return lengthOf(value) <= maximum;
        }

        @Override
        public String text() {
            return "Member must have length less than or equal to " + maximum;
        }
    }

    /** A length in characters, bytes or elements that is not too small. */
    record ShortestLength(int minimum) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            return lengthOf(value) >= minimum;
        }

        @Override
        public String text() {
            return "Member must have length greater than or equal to " + minimum;
        }
    }

    /** A number that is not too great. */
    record GreatestValue(int maximum) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            return (Integer) value <= maximum;
        }

        @Override
        public String text() {
            return "Member must have value less than or equal to " + maximum;
        }
    }

    /** A number that is not too small. */
    record LeastValue(int minimum) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            return (Integer) value >= minimum;
        }

        @Override
        public String text() {
            return "Member must have value greater than or equal to " + minimum;
        }
    }

    /** A context whose keys and values take, together, not too many bytes of UTF-8. The wording is ours. */
    record LargestContext(int maximumBytes) implements Constraint {
        private static final long MAXIMUM_UTF8_BYTES_PER_CHAR = 3;

        @Override
        public boolean isSatisfiedBy(Object value) {
            Map<?, ?> context = (Map<?, ?>) value;
            return MAXIMUM_UTF8_BYTES_PER_CHAR * sum(context, String::length) <= maximumBytes
                    || sum(context, LargestContext::utf8Length) <= maximumBytes;
        }

        private static long sum(Map<?, ?> context, ToIntFunction<String> length) {
            long sum = 0;
            for (Map.Entry<?, ?> entry : context.entrySet()) {
                sum += length.applyAsInt((String) entry.getKey()) + length.applyAsInt((String) entry.getValue());
            }
            return sum;
        }

        private static int utf8Length(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public String text() {
            return "Member must have a total size less than or equal to " + maximumBytes + " bytes";
        }
    }

    /**
     * A string that matches as a whole. One that is too long satisfies it: that it is too long is said already, and a
     * pattern's cost must have a bound.
     */
    record Matching(Pattern pattern, int longest) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            String text = (String) value;
            return lengthOf(text) > longest || pattern.matcher(text).matches();
        }

        @Override
        public String text() {
            return "Member must satisfy regular expression pattern: " + pattern;
        }
    }

    /** A string out of a set. */
    record OneOf(List<String> values) implements Constraint {
        @Override
        public boolean isSatisfiedBy(Object value) {
            return values.contains(value);
        }

        @Override
        public String text() {
            return "Member must satisfy enum value set: [" + String.join(", ", values) + "]";
        }
    }
}
