package dev.keyward.policy;

/**
 * A text in which {@code *} stands for any characters, or none, and {@code ?} for exactly one. Immutable and
 * thread-safe.
 *
 * @param text the pattern
 */
public record WildcardPattern(String text) {
    /** Whether the pattern covers the whole of {@code value}. */
    public boolean matches(String value) {
        return matches(value, false);
    }

    /** The same, without regard to the case of ASCII letters, as action names are compared. */
    public boolean matchesIgnoringCase(String value) {
        return matches(value, true);
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
            if (inPattern < text.length() && text.charAt(inPattern) == '*') {
                afterStar = ++inPattern;
                starTakesUpTo = inValue;
            } else if (inPattern < text.length()
                    && covers(text.charAt(inPattern), value.charAt(inValue), ignoringCase)) {
                inPattern++;
                inValue++;
            } else if (afterStar >= 0) {
                inPattern = afterStar;
                inValue = ++starTakesUpTo;
            } else {
                return false;
            }
        }
        while (inPattern < text.length() && text.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == text.length();
    }

    private static boolean covers(char pattern, char value, boolean ignoringCase) {
        return pattern == '?' || pattern == value || (ignoringCase && lowerCase(pattern) == lowerCase(value));
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }

    @Override
    public String toString() {
        return text;
    }
}
