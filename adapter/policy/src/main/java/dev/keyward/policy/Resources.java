package dev.keyward.policy;

import java.util.List;

/**
 * The resources that a statement is about: its {@code Resource} or {@code NotResource} element. In a key policy that is
 * nearly always {@code *}, which means the key that the policy belongs to. Immutable and thread-safe.
 *
 * @param allExcept whether the patterns say what is left out ({@code NotResource})
 * @param patterns patterns of ARNs, at least one
 */
public record Resources(boolean allExcept, List<WildcardPattern> patterns) {
    /** Copies the list. */
    public Resources {
        patterns = List.copyOf(patterns);
    }

    /** Whether the statement is about the resource of that ARN. */
    public boolean cover(String arn) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(arn)) != allExcept;
    }
}
