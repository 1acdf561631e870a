package dev.keyward.policy;

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
    STRING_EQUALS("StringEquals", Operand.STRING),
    STRING_NOT_EQUALS("StringNotEquals", Operand.STRING),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Operand.STRING),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Operand.STRING),
    STRING_LIKE("StringLike", Operand.STRING),
    STRING_NOT_LIKE("StringNotLike", Operand.STRING),
    NUMERIC_EQUALS("NumericEquals", Operand.NUMBER),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Operand.NUMBER),
    NUMERIC_LESS_THAN("NumericLessThan", Operand.NUMBER),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Operand.NUMBER),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Operand.NUMBER),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Operand.NUMBER),
    DATE_EQUALS("DateEquals", Operand.DATE),
    DATE_NOT_EQUALS("DateNotEquals", Operand.DATE),
    DATE_LESS_THAN("DateLessThan", Operand.DATE),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Operand.DATE),
    DATE_GREATER_THAN("DateGreaterThan", Operand.DATE),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Operand.DATE),
    BOOL("Bool", Operand.BOOLEAN),
    BINARY_EQUALS("BinaryEquals", Operand.BINARY),
    IP_ADDRESS("IpAddress", Operand.IP_RANGE),
    NOT_IP_ADDRESS("NotIpAddress", Operand.IP_RANGE),
    ARN_EQUALS("ArnEquals", Operand.ARN),
    ARN_NOT_EQUALS("ArnNotEquals", Operand.ARN),
    ARN_LIKE("ArnLike", Operand.ARN),
    ARN_NOT_LIKE("ArnNotLike", Operand.ARN),
    /** Asks whether a key is absent, so it takes neither IfExists nor a quantifier. */
    NULL("Null", Operand.BOOLEAN);

    private static final Map<String, ConditionOperator> BY_AWS_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ConditionOperator::awsName, Function.identity()));

    private final String awsName;
    private final Operand operand;

    ConditionOperator(String awsName, Operand operand) {
        this.awsName = awsName;
        this.operand = operand;
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

    /** The operator of that name. */
    static Optional<ConditionOperator> named(String awsName) {
        return Optional.ofNullable(BY_AWS_NAME.get(awsName));
    }
}
