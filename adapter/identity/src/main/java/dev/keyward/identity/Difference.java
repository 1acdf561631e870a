package dev.keyward.identity;

/**
 * One way in which what there is differs from what is wanted. Immutable and thread-safe.
 *
 * @param sign what is done about it
 * @param arn the user or role
 * @param what what of it; empty for the whole
 */
public record Difference(Sign sign, String arn, String what) {
    /** What is done about a difference. */
    public enum Sign {
        ADDED("+"),
        CHANGED("~"),
        REMOVED("-");

        private final String symbol;

        Sign(String symbol) {
            this.symbol = symbol;
        }

        /** One character for it. */
        public String symbol() {
            return symbol;
        }
    }

    @Override
    public String toString() {
        return sign.symbol + " " + arn + (what.isEmpty() ? "" : ": " + what);
    }
}
