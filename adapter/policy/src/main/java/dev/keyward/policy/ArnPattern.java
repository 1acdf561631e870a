package dev.keyward.policy;

/**
 * How ARNs are compared with patterns: each of the six fields between colons by itself, so that a wildcard reaches no
 * farther than its field. The last field of a pattern takes what is left, so {@code *} covers every ARN, and a pattern
 * with fewer fields, such as {@code arn:aws:kms:*}, whatever begins like it.
 *
 * <p>Source: AWS IAM User Guide, "IAM JSON policy elements: Resource" and "Condition operators".
 */
final class ArnPattern {
    private static final int FIELDS = 6;

    private ArnPattern() {}

    /** Whether {@code pattern} covers the whole of {@code arn}. */
    static boolean matches(WildcardPattern pattern, String arn) {
        String text = pattern.text();
        if (text.equals("*") && pattern.literals().isEmpty()) {
            return true; // nearly every statement
        }
        int inPattern = 0;
        int inArn = 0;
        for (int field = 1; field < FIELDS; field++) {
            int endInPattern = text.indexOf(':', inPattern);
            if (endInPattern < 0) {
                break;
            }
            int endInArn = arn.indexOf(':', inArn);
            if (endInArn < 0 || !pattern.part(inPattern, endInPattern).matches(arn.substring(inArn, endInArn))) {
                return false;
            }
            inPattern = endInPattern + 1;
            inArn = endInArn + 1;
        }
        return pattern.part(inPattern, text.length()).matches(arn.substring(inArn));
    }
}
