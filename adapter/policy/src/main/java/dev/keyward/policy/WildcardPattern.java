package dev.keyward.policy;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text in which {@code *} stands for any characters, or none, and {@code ?} for exactly one. Immutable and
 * thread-safe.
 *
 * @param text the pattern
 * @param literals the places in the text, from 0, whose characters stand for nothing but themselves
 */
public record WildcardPattern(String text, Set<Integer> literals) {
    /** Copies the set. */
    public WildcardPattern {
        literals = Set.copyOf(literals);
    }

    /** A pattern in which every {@code *} and {@code ?} is a wildcard. */
    public WildcardPattern(String text) {
        this(text, Set.of());
    }

    /** Whether the pattern covers the whole of {@code value}. */
    public boolean matches(String value) {
        return matches(value, false);
    }

    /** The same, without regard to the case of ASCII letters, as action names are compared. */
    public boolean matchesIgnoringCase(String value) {
        return matches(value, true);
    }

    /** A part of the pattern. */
    WildcardPattern part(int from, int to) {
        if (literals.isEmpty()) {
            return new WildcardPattern(text.substring(from, to));
        }
        Set<Integer> shifted = literals.stream()
                .filter(place -> place >= from && place < to)
                .map(place -> place - from)
                .collect(Collectors.toUnmodifiableSet());
        return new WildcardPattern(text.substring(from, to), shifted);
    }

    /**
     * Walks both texts once. On a mismatch the last star takes one character more: earlier stars need no second try, so
     * the time is at most the product of both lengths.
     */
    private boolean matches(String value, boolean ignoringCase) {
        int inPattern = 0;
        int inValue = 0;
        int afterStar = -1;
        int starTakesUpTo = 0;
        while (inValue < value.length()) {
            if (isWildcard(inPattern, '*')) {
                afterStar = ++inPattern;
                starTakesUpTo = inValue;
            } else if (inPattern < text.length() && covers(inPattern, value.charAt(inValue), ignoringCase)) {
                inPattern++;
                inValue++;
            } else if (afterStar >= 0) {
                inPattern = afterStar;
                inValue = ++starTakesUpTo;
            } else {
                return false;
            }
        }
        while (isWildcard(inPattern, '*')) {
            inPattern++;
        }
        return inPattern == text.length();
    }

    private boolean isWildcard(int place, char wildcard) {
        return place < text.length()
                && text.charAt(place) == wildcard
                && (literals.isEmpty() || !literals.contains(place));
    }

    private boolean covers(int place, char value, boolean ignoringCase) {
        char pattern = text.charAt(place);
        return isWildcard(place, '?') || pattern == value || (ignoringCase && lowerCase(pattern) == lowerCase(value));
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }

    @Override
    public String toString() {
        return text;
    }
}
