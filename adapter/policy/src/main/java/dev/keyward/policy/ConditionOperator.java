package dev.keyward.policy;

import static dev.keyward.policy.ConditionOperator.Sense.IS;
import static dev.keyward.policy.ConditionOperator.Sense.IS_NOT;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The comparisons of the policy language: one row for each.
 *
 * <p>Source: AWS IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
public enum ConditionOperator {
    // name                             compares with    negated?  how
    STRING_EQUALS("StringEquals", Operand.STRING, IS, Comparison.SAME),
    STRING_NOT_EQUALS("StringNotEquals", Operand.STRING, IS_NOT, Comparison.SAME),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Operand.STRING, IS, Comparison.SAME_BUT_FOR_CASE),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Operand.STRING, IS_NOT, Comparison.SAME_BUT_FOR_CASE),
    STRING_LIKE("StringLike", Operand.STRING, IS, Comparison.LIKE),
    STRING_NOT_LIKE("StringNotLike", Operand.STRING, IS_NOT, Comparison.LIKE),
    NUMERIC_EQUALS("NumericEquals", Operand.NUMBER, IS, Comparison.number(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Operand.NUMBER, IS_NOT, Comparison.number(order -> order == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", Operand.NUMBER, IS, Comparison.number(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Operand.NUMBER, IS, Comparison.number(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Operand.NUMBER, IS, Comparison.number(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Operand.NUMBER, IS, Comparison.number(order -> order >= 0)),
    DATE_EQUALS("DateEquals", Operand.DATE, IS, Comparison.date(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", Operand.DATE, IS_NOT, Comparison.date(order -> order == 0)),
    DATE_LESS_THAN("DateLessThan", Operand.DATE, IS, Comparison.date(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Operand.DATE, IS, Comparison.date(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", Operand.DATE, IS, Comparison.date(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Operand.DATE, IS, Comparison.date(order -> order >= 0)),
    BOOL("Bool", Operand.BOOLEAN, IS, Comparison.SAME_BUT_FOR_CASE),
    BINARY_EQUALS("BinaryEquals", Operand.BINARY, IS, Comparison.SAME_BYTES),
    IP_ADDRESS("IpAddress", Operand.IP_RANGE, IS, Comparison.IN_RANGE),
    NOT_IP_ADDRESS("NotIpAddress", Operand.IP_RANGE, IS_NOT, Comparison.IN_RANGE),
    ARN_EQUALS("ArnEquals", Operand.ARN, IS, Comparison.ARN_LIKE),
    ARN_NOT_EQUALS("ArnNotEquals", Operand.ARN, IS_NOT, Comparison.ARN_LIKE),
    ARN_LIKE("ArnLike", Operand.ARN, IS, Comparison.ARN_LIKE),
    ARN_NOT_LIKE("ArnNotLike", Operand.ARN, IS_NOT, Comparison.ARN_LIKE),
    /** Asks whether a key is absent, so it takes neither IfExists nor a quantifier. */
    NULL("Null", Operand.BOOLEAN, IS, Comparison.NONE);

    /** Whether a value must be one of the policy's, or none of them. */
    enum Sense {
        IS,
        IS_NOT
    }

    private static final Map<String, ConditionOperator> BY_AWS_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ConditionOperator::awsName, Function.identity()));

    private final String awsName;
    private final Operand operand;
    private final Sense sense;
    private final Comparison comparison;

    ConditionOperator(String awsName, Operand operand, Sense sense, Comparison comparison) {
        this.awsName = awsName;
        this.operand = operand;
        this.sense = sense;
        this.comparison = comparison;
    }

    /** The name in a policy document, without {@code IfExists} or a quantifier. */
    public String awsName() {
        return awsName;
    }

    /** What it compares with. */
    public Operand operand() {
        return operand;
    }

    /** Whether {@code IfExists} and the quantifiers may be put to it. */
    public boolean takesModifiers() {
        return this != NULL;
    }

    /** Whether it holds where no value of the policy is met, and so for a key that is missing. */
    boolean isNegated() {
        return sense == IS_NOT;
    }

    /** How it compares, its negation left aside. */
    Comparison comparison() {
        return comparison;
    }

    /** The operator of that name. */
    static Optional<ConditionOperator> named(String awsName) {
        return Optional.ofNullable(BY_AWS_NAME.get(awsName));
    }
}
