package dev.keyward.policy;

import static dev.keyward.policy.MalformedPolicy.quote;

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
 * Reads policy documents of either form. The order of the methods is that of a document.
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

    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+|arn:.*\\*");

    /** What may stand in a Principal element, and how each kind is read. */
    private static final Map<String, Function<String, Optional<Principal>>> PRINCIPAL_KINDS = Map.of(
            "AWS", Principal::ofAws,
            "Service", Principal::ofService,
            "Federated", Principal::ofFederated,
            "CanonicalUser", Principal::ofCanonicalUser);

    private final PolicyForm form;

    private PolicyReader(PolicyForm form) {
        this.form = form;
    }

    /** What a document says. */
    record Document(PolicyVersion version, @Nullable String id, List<Statement> statements) {}

    /** Reads a document of that form. */
    static Document read(String text, PolicyForm form) {
        if (text.getBytes(StandardCharsets.UTF_8).length > form.maximumLengthBytes()) {
            throw MalformedPolicy.because(
                    "The policy document is longer than " + form.maximumLengthBytes() + " bytes.");
        }
        PolicyObject document = PolicyObject.of("The policy document", json(text));
        document.allowOnly(DOCUMENT_ELEMENTS);
        return new Document(
                version(document), document.string("Id").orElse(null), new PolicyReader(form).statements(document));
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

    private List<Statement> statements(PolicyObject document) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode value : PolicyObject.valuesOf(document.placeOf("Statement"), document.required("Statement"))) {
            statements.add(statement(PolicyObject.of("Statement " + (statements.size() + 1), value)));
        }
        return statements;
    }

    private Statement statement(PolicyObject statement) {
        statement.allowOnly(STATEMENT_ELEMENTS);
        Effect effect = effect(statement);
        return new Statement(
                sid(statement),
                effect,
                form.namesPrincipals() ? principals(statement, effect) : noPrincipals(statement),
                new Actions(
                        statement.usesSecondOf("Action", "NotAction"),
                        patterns(statement, "Action", "NotAction", form.action(), form.actionRule())),
                form.namesResources() ? resources(statement) : noResources(statement),
                ConditionReader.conditions(statement));
    }

    private static Resources resources(PolicyObject statement) {
        return new Resources(
                statement.usesSecondOf("Resource", "NotResource"),
                patterns(statement, "Resource", "NotResource", RESOURCE, "must be * or an ARN"));
    }

    /** The first sentence is AWS's. */
    private static Resources noResources(PolicyObject statement) {
        for (String name : List.of("Resource", "NotResource")) {
            if (statement.has(name)) {
                throw MalformedPolicy.because(
                        "Has prohibited field Resource. " + statement.place() + " has " + name + ".");
            }
        }
        return Resources.HOLDER;
    }

    private @Nullable String sid(PolicyObject statement) {
        Optional<String> sid = statement.string("Sid");
        if (sid.isPresent() && !form.sid().matcher(sid.get()).matches()) {
            throw MalformedPolicy.at(statement.placeOf("Sid"), form.sidRule() + ", not " + quote(sid.get()) + ".");
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

    /** The first sentence is AWS's. */
    private static Principals noPrincipals(PolicyObject statement) {
        for (String name : List.of("Principal", "NotPrincipal")) {
            if (statement.has(name)) {
                throw MalformedPolicy.because(
                        "Policy document should not specify a principal. " + statement.place() + " has " + name + ".");
            }
        }
        return Principals.HOLDER;
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
}
