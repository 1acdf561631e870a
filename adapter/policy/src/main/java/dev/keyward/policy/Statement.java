package dev.keyward.policy;

import java.util.List;
import java.util.Map;
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

    /** Whether it is about an action on a resource, whoever asks and under whatever conditions. */
    boolean covers(String action, String resourceArn, PolicyVariables variables) {
        return actions.cover(action) && resources.cover(resourceArn, variables);
    }

    /** Whether all its conditions hold. */
    boolean conditionsHold(RequestContext context, PolicyVariables variables) {
        return conditions.stream().allMatch(condition -> condition.holds(context, variables));
    }

    /** The same statement, the users and roles that it names bound to unique ids. */
    Statement boundTo(Map<String, String> uniqueIds) {
        return new Statement(sid, effect, principals.boundTo(uniqueIds), actions, resources, conditions);
    }
}
