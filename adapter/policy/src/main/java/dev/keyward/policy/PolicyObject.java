package dev.keyward.policy;

import static dev.keyward.policy.MalformedPolicy.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object of a policy document, read strictly.
 *
 * @param place where it stands, as messages name it
 * @param node the object
 */
record PolicyObject(String place, JsonNode node) {
    /** The value at {@code place}, which must be an object. */
    static PolicyObject of(String place, @Nullable JsonNode value) {
        if (value == null || !value.isObject()) {
            throw MalformedPolicy.at(place, "must be a JSON object.");
        }
        return new PolicyObject(place, value);
    }

    /** Refuses every member that is not among {@code known}. */
    void allowOnly(Set<String> known) {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw MalformedPolicy.at(place, "unknown element " + quote(name) + ".");
            }
        }
    }

    /** Where a member stands. */
    String placeOf(String name) {
        return place + ", " + name;
    }

    /** The members, in their order. */
    Set<Map.Entry<String, JsonNode>> members() {
        return node.properties();
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** The value of a member that must be there. */
    JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw MalformedPolicy.at(place, "the element " + name + " is missing.");
        }
        return value;
    }

    /** Whether the second of two names is used, exactly one of which must be. */
    boolean usesSecondOf(String first, String second) {
        if (has(first) == has(second)) {
            throw MalformedPolicy.at(place, "exactly one of " + first + " and " + second + " must be given.");
        }
        return has(second);
    }

    /** The value of a member that is a string, if it is there. */
    Optional<String> string(String name) {
        return has(name) ? Optional.of(asString(placeOf(name), required(name), "must be a string.")) : Optional.empty();
    }

    /** The values of a member that is a string or a list of strings, at least one. */
    List<String> strings(String name) {
        return valuesOf(placeOf(name), required(name)).stream()
                .map(value -> asString(placeOf(name), value, "must be a string or a list of strings."))
                .toList();
    }

    /** A value, or the values of a list, which must not be empty. */
    static List<JsonNode> valuesOf(String place, JsonNode value) {
        if (!value.isArray()) {
            return List.of(value);
        }
        if (value.isEmpty()) {
            throw MalformedPolicy.at(place, "the list is empty.");
        }
        return new ArrayList<>(value.values());
    }

    private static String asString(String place, JsonNode value, String rule) {
        if (!value.isString()) {
            throw MalformedPolicy.at(place, rule);
        }
        return value.stringValue();
    }
}
