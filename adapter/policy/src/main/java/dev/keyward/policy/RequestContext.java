package dev.keyward.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of a request and their values. The names of keys are compared without regard to case. A key without
 * values is a key that is not there. What costs something to find out is found out when a policy asks for it. Used by one
 * thread.
 */
public final class RequestContext {
    /** No condition keys at all. */
    public static final RequestContext EMPTY = builder().build();

    private final Supplier<Builder> fill;
    private @Nullable Builder filled;

    private RequestContext(Supplier<Builder> fill) {
        this.fill = fill;
    }

    /** Begins a context. */
    public static Builder builder() {
        return new Builder();
    }

    /** A context that is put together when the first key is asked for: most policies ask for none. */
    public static RequestContext whenAsked(Supplier<Builder> fill) {
        return new RequestContext(fill);
    }

    /** The values of a condition key; none if the request has no such key. */
    public List<String> values(String key) {
        if (filled == null) {
            filled = fill.get();
        }
        return filled.values(key);
    }

    /** Puts a context together. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final Map<String, Supplier<List<String>>> later = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Builder() {}

        /** Adds a value to those that a key has. Names that differ in case only are one key. Null adds nothing. */
        public Builder add(String key, @Nullable String value) {
            if (value != null) {
                values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value);
            }
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

        /** Adds a key whose values are looked up when they are asked for, once. */
        public Builder addWhenAsked(String key, Supplier<List<String>> added) {
            later.put(key, added);
            return this;
        }

        /** Ends the context. The builder must not be used again. */
        public RequestContext build() {
            return new RequestContext(() -> this);
        }

        private List<String> values(String key) {
            Supplier<List<String>> asked = later.remove(key);
            if (asked != null) {
                addAll(key, asked.get());
            }
            return values.getOrDefault(key, List.of());
        }
    }
}
