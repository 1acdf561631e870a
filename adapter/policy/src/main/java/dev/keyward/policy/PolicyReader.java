package dev.keyward.policy;

import static dev.keyward.policy.MalformedPolicy.quote;

import dev.keyward.contract.AccountId;
import dev.keyward.policy.Condition.Quantifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a policy document into a {@link KeyPolicy}. The order of the methods is that of the document.
 *
 * <p>Source: AWS IAM User Guide, "Grammar of the IAM JSON policy language"; AWS KMS Developer Guide, "Key policies".
 */
final class PolicyReader {
    /** Document, list of statements, statement, condition, operator, list of values. */
    private static final int MAXIMUM_DEPTH = 6;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Set<String> DOCUMENT_ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    /** Unlike an identity policy's, a key policy's Sid may hold spaces and punctuation. */
    private static final Pattern SID = Pattern.compile("[\\x20-\\x7e\\u00a0-\\u00ff]{0,512}");

    private static final Pattern ACTION = Pattern.compile("\\*|(?i:kms):[A-Za-z0-9*?]{1,128}");
    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+|arn:.*\\*");
    private static final Pattern CONDITION_KEY = Pattern.compile("[A-Za-z0-9./_-]{1,255}:[^\\p{Cntrl}]{1,512}");

    /** What may stand in a Principal element, and how each kind is read. */
    private static final Map<String, Function<String, Optional<Principal>>> PRINCIPAL_KINDS = Map.of(
            "AWS", Principal::ofAws,
            "Service", Principal::ofService,
            "Federated", Principal::ofFederated,
            "CanonicalUser", Principal::ofCanonicalUser);

    private PolicyReader() {}

    static KeyPolicy read(String text, AccountId owner) {
        if (text.getBytes(StandardCharsets.UTF_8).length > KeyPolicy.MAXIMUM_LENGTH_BYTES) {
            throw MalformedPolicy.because(
                    "The policy document is longer than " + KeyPolicy.MAXIMUM_LENGTH_BYTES + " bytes.");
        }
        PolicyObject document = PolicyObject.of("The policy document", json(text));
        document.allowOnly(DOCUMENT_ELEMENTS);
        return new KeyPolicy(owner, version(document), document.string("Id").orElse(null), statements(document));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException notJson) {
            throw MalformedPolicy.because("The policy document is not JSON that can be a policy"
                    + where(notJson.getLocation()) + ": it is malformed, names an element twice, or nests too deeply.");
        }
    }

    /** Where the reader stopped, if it says so: for too deep nesting it does not. */
    private static String where(@Nullable TokenStreamLocation location) {
        if (location == null || location.getLineNr() < 1) {
            return "";
        }
        return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static PolicyVersion version(PolicyObject document) {
        Optional<String> given = document.string("Version");
        if (given.isEmpty()) {
            return PolicyVersion.OF_2008;
        }
        for (PolicyVersion version : PolicyVersion.values()) {
            if (version.awsName().equals(given.get())) {
                return version;
            }
        }
        throw MalformedPolicy.at(
                document.placeOf("Version"), "must be 2012-10-17 or 2008-10-17, not " + quote(given.get()) + ".");
    }

    private static List<Statement> statements(PolicyObject document) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode value : PolicyObject.valuesOf(document.placeOf("Statement"), document.required("Statement"))) {
            statements.add(statement(PolicyObject.of("Statement " + (statements.size() + 1), value)));
        }
        return statements;
    }

    private static Statement statement(PolicyObject statement) {
        statement.allowOnly(STATEMENT_ELEMENTS);
        Effect effect = effect(statement);
        return new Statement(
                sid(statement),
                effect,
                principals(statement, effect),
                new Actions(
                        statement.usesSecondOf("Action", "NotAction"),
                        patterns(
                                statement, "Action", "NotAction", ACTION, "must be * or kms: and an operation's name")),
                new Resources(
                        statement.usesSecondOf("Resource", "NotResource"),
                        patterns(statement, "Resource", "NotResource", RESOURCE, "must be * or an ARN")),
                conditions(statement));
    }

    private static @Nullable String sid(PolicyObject statement) {
        Optional<String> sid = statement.string("Sid");
        if (sid.isPresent() && !SID.matcher(sid.get()).matches()) {
            throw MalformedPolicy.at(
                    statement.placeOf("Sid"),
                    "must be at most 512 printable characters, not " + quote(sid.get()) + ".");
        }
        return sid.orElse(null);
    }

    private static Effect effect(PolicyObject statement) {
        statement.required("Effect");
        String given = statement.string("Effect").orElse("");
        for (Effect effect : Effect.values()) {
            if (effect.awsName().equals(given)) {
                return effect;
            }
        }
        throw MalformedPolicy.at(statement.placeOf("Effect"), "must be Allow or Deny, not " + quote(given) + ".");
    }

    private static Principals principals(PolicyObject statement, Effect effect) {
        boolean allExcept = statement.usesSecondOf("Principal", "NotPrincipal");
        String name = allExcept ? "NotPrincipal" : "Principal";
        if (allExcept && effect == Effect.ALLOW) {
            throw MalformedPolicy.at(statement.place(), "NotPrincipal must be used with Effect Deny.");
        }
        JsonNode value = statement.required(name);
        if (value.isString() && value.stringValue().equals("*")) {
            return new Principals(allExcept, List.of(new Principal.Everyone()));
        }
        PolicyObject byKind = PolicyObject.of(statement.placeOf(name), value);
        List<Principal> principals = new ArrayList<>();
        for (String kind : byKind.node().propertyNames()) {
            principals.addAll(principalsOfKind(byKind, kind));
        }
        if (principals.isEmpty()) {
            throw invalidPrincipals(byKind.place() + " names none.");
        }
        return new Principals(allExcept, principals);
    }

    private static List<Principal> principalsOfKind(PolicyObject byKind, String kind) {
        Function<String, Optional<Principal>> reader = PRINCIPAL_KINDS.get(kind);
        if (reader == null) {
            throw invalidPrincipals(byKind.place() + " has the unknown kind " + quote(kind) + ".");
        }
        List<Principal> principals = new ArrayList<>();
        for (String text : byKind.strings(kind)) {
            principals.add(reader.apply(text)
                    .orElseThrow(() -> invalidPrincipals(byKind.placeOf(kind) + " names " + quote(text) + ".")));
        }
        return principals;
    }

    /** The first sentence is AWS's, seen in many public reports. */
    private static RuntimeException invalidPrincipals(String detail) {
        return MalformedPolicy.because("Policy contains a statement with one or more invalid principals. " + detail);
    }

    private static List<WildcardPattern> patterns(
            PolicyObject statement, String first, String second, Pattern form, String rule) {
        String name = statement.usesSecondOf(first, second) ? second : first;
        List<WildcardPattern> patterns = new ArrayList<>();
        for (String text : statement.strings(name)) {
            if (!form.matcher(text).matches()) {
                throw MalformedPolicy.at(statement.placeOf(name), rule + ", not " + quote(text) + ".");
            }
            patterns.add(new WildcardPattern(text));
        }
        return patterns;
    }

    private static List<Condition> conditions(PolicyObject statement) {
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
