package dev.keyward.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * One comparison of a statement's {@code Condition} element. All conditions of a statement must hold. Immutable and
 * thread-safe.
 *
 * @param operator how it compares
 * @param quantifier how a condition key with several values is compared
 * @param ifExists whether the condition also holds where the request has no such key
 * @param key the condition key, whose name is compared without regard to case
 * @param values what it is compared with, as text; at least one, each of the form that the operator takes
 */
public record Condition(
        ConditionOperator operator, Quantifier quantifier, boolean ifExists, String key, List<String> values) {
    /** How a condition key that has several values in the request is compared. */
    public enum Quantifier {
        /** It has one value. */
        SINGLE,
        /** Each of its values must match; holds also where there are none. */
        FOR_ALL_VALUES,
        /** One of its values must match. */
        FOR_ANY_VALUE
    }

    /** Copies the list. */
    public Condition {
        values = List.copyOf(values);
    }

    /**
     * Whether it holds for a request. A key that is missing fails a condition, but for one that asks for something else
     * than a value ({@code StringNotEquals}, ...), one {@code IfExists}, and one {@code ForAllValues}. Without a
     * quantifier a key of several values passes if one of them is met, and a negated condition if none is. A value with a
     * policy variable that the request has no value for is equal to nothing.
     *
     * <p>Source: AWS IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context
     * keys or values"; "Policy variables with no value".
     */
    boolean holds(RequestContext context, PolicyVariables variables) {
        List<String> actual = context.values(key);
        if (operator == ConditionOperator.NULL) {
            return values.stream().anyMatch(absent -> Boolean.parseBoolean(absent) == actual.isEmpty());
        }
        if (actual.isEmpty() && ifExists) {
            return true;
        }
        List<WildcardPattern> expected = new ArrayList<>(values.size());
        for (String value : values) {
            // What has a variable without a value equals nothing; so StringNotEquals holds, and a Deny by it stands.
            variables.resolve(new WildcardPattern(value)).ifPresent(expected::add);
        }
        return switch (quantifier) {
            case SINGLE -> operator.isNegated() != actual.stream().anyMatch(value -> isAmong(expected, value));
            case FOR_ALL_VALUES -> actual.stream().allMatch(value -> isAmong(expected, value) != operator.isNegated());
            case FOR_ANY_VALUE -> actual.stream().anyMatch(value -> isAmong(expected, value) != operator.isNegated());
        };
    }

    private boolean isAmong(List<WildcardPattern> expected, String value) {
        return expected.stream().anyMatch(each -> operator.comparison().holds(each, value));
    }
}
