package dev.keyward.policy;

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
}
