package dev.keyward.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy. Immutable and thread-safe.
 *
 * @param sid its id; null for none
 * @param effect whether it allows or denies
 * @param principals whom it is about
 * @param actions which operations it is about
 * @param resources which resources it is about
 * @param conditions what must hold besides; empty for nothing
 */
public record Statement(
        @Nullable String sid,
        Effect effect,
        Principals principals,
        Actions actions,
        Resources resources,
        List<Condition> conditions) {
    /** Copies the list. */
    public Statement {
        conditions = List.copyOf(conditions);
    }

    /** Whether it is about such a request, its conditions left aside. */
    public boolean covers(String principalArn, String action, String resourceArn) {
        return principals.cover(principalArn) && actions.cover(action) && resources.cover(resourceArn);
    }
}
