package dev.keyward.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The condition keys of a request and their values. The names of keys are compared without regard to case. A key without
 * values is a key that is not there. Immutable and thread-safe.
 */
public final class RequestContext {
    /** No condition keys at all. */
    public static final RequestContext EMPTY = builder().build();

    private final Map<String, List<String>> values;

    private RequestContext(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Begins a context. */
    public static Builder builder() {
        return new Builder();
    }

    /** The values of a condition key; none if the request has no such key. */
    public List<String> values(String key) {
        return values.getOrDefault(key, List.of());
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Puts a context together. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Builder() {}

        /** Adds a value to those that a key has. Names that differ in case only are one key. */
        public Builder add(String key, String value) {
            values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value);
            return this;
        }

        /** Adds all values of a key that may have several. */
        public Builder addAll(String key, Collection<String> added) {
            added.forEach(value -> add(key, value));
            return this;
        }

        /** Adds one key for each pair, named by a prefix and the pair's key, for instance {@code aws:PrincipalTag/}. */
        public Builder addPairs(String prefix, Map<String, String> pairs) {
            pairs.forEach((key, value) -> add(prefix + key, value));
            return this;
        }

        /** Ends the context. The builder must not be used again. */
        public RequestContext build() {
            return new RequestContext(values);
        }
    }
}
