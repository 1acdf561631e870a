package dev.keyward.policy;

import java.util.List;
import java.util.Optional;

/**
 * The resources that a statement is about: its {@code Resource} or {@code NotResource} element. In a key policy that is
 * nearly always {@code *}, which means the key that the policy belongs to. Immutable and thread-safe.
 *
 * @param allExcept whether the patterns say what is left out ({@code NotResource})
 * @param patterns patterns of ARNs, at least one
 */
public record Resources(boolean allExcept, List<WildcardPattern> patterns) {
    /** Whatever the policy belongs to: what a statement without resources is about. */
    public static final Resources HOLDER = new Resources(false, List.of(new WildcardPattern("*")));

    /** Copies the list. */
    public Resources {
        patterns = List.copyOf(patterns);
    }

    /** Whether the statement is about the resource of that ARN. A pattern whose variable has no value matches none. */
    boolean cover(String arn, PolicyVariables variables) {
        boolean found = false;
        for (WildcardPattern pattern : patterns) {
            Optional<WildcardPattern> resolved = variables.resolve(pattern);
            found |= resolved.isPresent() && ArnPattern.matches(resolved.get(), arn);
        }
        return found != allExcept;
    }
}
