package dev.keyward.policy;

import java.util.List;

/**
 * The operations that a statement is about: its {@code Action} or {@code NotAction} element. Immutable and thread-safe.
 *
 * @param allExcept whether the patterns say what is left out ({@code NotAction})
 * @param patterns patterns of names such as {@code kms:Encrypt}, at least one
 */
public record Actions(boolean allExcept, List<WildcardPattern> patterns) {
    /** Copies the list. */
    public Actions {
        patterns = List.copyOf(patterns);
    }

    /** Whether the statement is about {@code action}, for instance {@code kms:Encrypt}, in whatever case. */
    public boolean cover(String action) {
        return patterns.stream().anyMatch(pattern -> pattern.matchesIgnoringCase(action)) != allExcept;
    }
}
