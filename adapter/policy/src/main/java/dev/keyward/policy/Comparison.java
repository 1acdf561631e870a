package dev.keyward.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * How one value of a policy is compared with one of a request. A value of the request that has not the form to be
 * compared is unlike every value of the policy.
 */
@FunctionalInterface
interface Comparison {
    /** The comparison of {@code Null}, which looks at no value. */
    Comparison NONE = (expected, actual) -> false;

    Comparison SAME = (expected, actual) -> expected.text().equals(actual);

    Comparison SAME_BUT_FOR_CASE = (expected, actual) -> expected.text().equalsIgnoreCase(actual);

    Comparison LIKE = WildcardPattern::matches;

    Comparison ARN_LIKE = ArnPattern::matches;

    Comparison SAME_BYTES = (expected, actual) -> Operand.bytes(expected.text())
            .flatMap(bytes -> Operand.bytes(actual).filter(given -> Arrays.equals(bytes, given)))
            .isPresent();

    Comparison IN_RANGE = (expected, actual) -> IpRange.parse(expected.text())
            .filter(range -> range.contains(actual))
            .isPresent();

    /** Whether the request's number is related so to the policy's, as {@code compareTo} tells. */
    static Comparison number(IntPredicate relation) {
        return ordered(Operand::number, relation);
    }

    /** Whether the request's time is related so to the policy's. */
    static Comparison date(IntPredicate relation) {
        return ordered(Operand::date, relation);
    }

    /** Whether a request's value is what one of the policy is about. */
    boolean holds(WildcardPattern expected, String actual);

    private static <T extends Comparable<T>> Comparison ordered(
            Function<String, Optional<T>> reader, IntPredicate relation) {
        return (expected, actual) -> {
            Optional<T> limit = reader.apply(expected.text());
            Optional<T> given = reader.apply(actual);
            return limit.isPresent()
                    && given.isPresent()
                    && relation.test(given.get().compareTo(limit.get()));
        };
    }
}
