package dev.keyward.policy;

import static dev.keyward.policy.MalformedPolicy.quote;

import dev.keyward.policy.Condition.Quantifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code Condition} element of a statement.
 *
 * <p>Source: AWS IAM User Guide, "IAM JSON policy elements: Condition"; AWS KMS Developer Guide, "AWS KMS condition keys".
 */
final class ConditionReader {
    private static final Pattern CONDITION_KEY = Pattern.compile("[A-Za-z0-9./_-]{1,255}:[^\\p{Cntrl}]{1,512}");

    /** Keys of one value that AWS KMS refuses under ForAllValues, with its words. */
    private static final Map<String, String> NEVER_UNDER_FOR_ALL_VALUES = Map.of(
            "kms:encryptioncontext:",
            "OverlyPermissiveCondition:EncryptionContext: Using the ForAllValues set operator with a single-valued "
                    + "condition key matches requests without the specified encryption context or with an unspecified "
                    + "encryption context. To fix, remove ForAllValues.",
            "aws:requesttag/",
            "OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches "
                    + "requests without the specified tag or with an unspecified tag. To fix, remove ForAllValues.");

    private ConditionReader() {}

    /** All conditions of a statement, in their order. */
    static List<Condition> conditions(PolicyObject statement) {
        if (!statement.has("Condition")) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        PolicyObject byOperator = PolicyObject.of(statement.placeOf("Condition"), statement.required("Condition"));
        for (Map.Entry<String, JsonNode> operator : byOperator.members()) {
            OperatorName name = OperatorName.parse(byOperator.place(), operator.getKey());
            PolicyObject byKey = PolicyObject.of(byOperator.placeOf(operator.getKey()), operator.getValue());
            if (byKey.node().isEmpty()) {
                // To an evaluator it would be no condition at all: a statement wider than its author thought.
                throw MalformedPolicy.at(byKey.place(), "names no condition key.");
            }
            for (Map.Entry<String, JsonNode> key : byKey.members()) {
                conditions.add(condition(byKey, name, key.getKey(), key.getValue()));
            }
        }
        return conditions;
    }

    private static Condition condition(PolicyObject byKey, OperatorName name, String key, JsonNode value) {
        if (!CONDITION_KEY.matcher(key).matches()) {
            throw MalformedPolicy.at(byKey.place(), quote(key) + " is not a condition key.");
        }
        refuseForAllValuesOfOneValue(name.quantifier(), key);
        Operand operand = name.operator().operand();
        List<String> values = new ArrayList<>();
        for (JsonNode each : PolicyObject.valuesOf(byKey.placeOf(key), value)) {
            String text = scalar(byKey.placeOf(key), each);
            if (!operand.accepts(text)) {
                throw MalformedPolicy.at(
                        byKey.placeOf(key), "must be " + operand.description() + ", not " + quote(text) + ".");
            }
            values.add(text);
        }
        return new Condition(name.operator(), name.quantifier(), name.ifExists(), key, values);
    }

    private static void refuseForAllValuesOfOneValue(Quantifier quantifier, String key) {
        NEVER_UNDER_FOR_ALL_VALUES.forEach((prefix, refusal) -> {
            if (quantifier == Quantifier.FOR_ALL_VALUES
                    && key.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                throw MalformedPolicy.because(refusal);
            }
        });
    }

    private static String scalar(String place, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isNumber()) {
            return value.numberValue().toString();
        }
        if (value.isBoolean()) {
            return Boolean.toString(value.booleanValue());
        }
        throw MalformedPolicy.at(place, "must be a string, a number, true, false, or a list of these.");
    }

    /** The name of an operator with what is put before and after it, for instance {@code ForAnyValue:StringLikeIfExists}. */
    private record OperatorName(ConditionOperator operator, Quantifier quantifier, boolean ifExists) {
        private static final Pattern FORM = Pattern.compile(
                "(?<quantifier>ForAllValues:|ForAnyValue:)?(?<operator>[A-Za-z]+?)(?<ifExists>IfExists)?");

        static OperatorName parse(String place, String text) {
            var name = FORM.matcher(text);
            Optional<ConditionOperator> operator =
                    name.matches() ? ConditionOperator.named(name.group("operator")) : Optional.empty();
            if (operator.isEmpty()) {
                throw MalformedPolicy.at(place, "unknown operator " + quote(text) + ".");
            }
            Quantifier quantifier = quantifier(name.group("quantifier"));
            boolean ifExists = name.group("ifExists") != null;
            if (!operator.get().takesModifiers() && (ifExists || quantifier != Quantifier.SINGLE)) {
                throw MalformedPolicy.at(place, quote(text) + " is not allowed: Null stands alone.");
            }
            return new OperatorName(operator.get(), quantifier, ifExists);
        }

        private static Quantifier quantifier(@Nullable String prefix) {
            if (prefix == null) {
                return Quantifier.SINGLE;
            }
            return prefix.equals("ForAllValues:") ? Quantifier.FOR_ALL_VALUES : Quantifier.FOR_ANY_VALUE;
        }
    }
}
