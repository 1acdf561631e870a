package dev.keyward.lifecycle;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;

/**
 * How much there may be of each thing. AWS KMS's default quotas, where it has one.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html">Resource quotas</a>
 */
final class Limits {
    static final int KEYS_PER_SCOPE = 100_000;
    static final int ALIASES_PER_KEY = 50;
    static final int GRANTS_PER_KEY = 50_000;
    static final int TAGS_PER_KEY = 50;
    static final int ON_DEMAND_ROTATIONS_PER_KEY = 25;
    /** Ours: AWS KMS names no bound. The oldest makes room for the next. */
    static final int WRAPPING_KEYS_PER_KEY = 3;
    /** Ours: AWS KMS names no bound. */
    static final int WRAPPING_KEYS_PER_ACCOUNT = 1000;

    private Limits() {}

    /** Refuses one more of what there are {@code count} already. */
    static void requireRoom(long count, int limit, String what) {
        if (count >= limit) {
            throw new KeywardException(
                    ErrorCode.LIMIT_EXCEEDED, "The limit of %d %s has been reached.".formatted(limit, what));
        }
    }
}
