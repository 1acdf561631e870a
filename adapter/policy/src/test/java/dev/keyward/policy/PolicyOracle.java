package dev.keyward.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A second evaluator, for the small world of {@link PolicyEvaluatorPropertyTest}: it reads the tables' own language and
 * answers by formula, not by following the flow chart. It shares no code with the product.
 */
final class PolicyOracle {
    /** How near a name in a principal element comes to each caller: directly, by its role, or by its account. */
    private static final Map<String, Map<String, Integer>> NEARNESS = Map.of(
            "root", Map.of("everyone", 1, "account", 3),
            "alice", Map.of("everyone", 1, "account", 3, "alice", 1),
            "bob", Map.of("everyone", 1, "account", 3, "bob", 1),
            "admin", Map.of("everyone", 1, "account", 3, "role", 2, "session", 1),
            "stranger", Map.of("everyone", 1, "elsewhere", 3, "stranger", 1),
            "stranger-root", Map.of("everyone", 1, "elsewhere", 3));

    /** Whom a name leaves out that stands in a NotPrincipal element. */
    private static final Map<String, List<String>> LEFT_OUT = Map.of(
            "everyone", List.copyOf(NEARNESS.keySet()),
            "account", List.of("root"),
            "elsewhere", List.of("stranger-root"),
            "alice", List.of("alice"),
            "bob", List.of("bob"),
            "role", List.of(),
            "session", List.of("admin"),
            "stranger", List.of("stranger"));

    private final String caller;
    private final String action;

    PolicyOracle(String caller, String action) {
        this.caller = caller;
        this.action = action;
    }

    boolean allows(List<String> keyPolicy, List<String> identityPolicies, List<String> sessionPolicies) {
        boolean denied = keyPolicy.stream().anyMatch(this::denies)
                || identityPolicies.stream().anyMatch(this::deniesHolder)
                || sessionPolicies.stream().anyMatch(this::deniesHolder);
        boolean identity = caller.endsWith("root") || identityPolicies.stream().anyMatch(this::allowsHolder);
        boolean session = sessionPolicies.isEmpty() || sessionPolicies.stream().anyMatch(this::allowsHolder);
        int nearest = keyPolicy.stream().mapToInt(this::nearnessOfAllow).min().orElse(Integer.MAX_VALUE);

        boolean here = !caller.startsWith("stranger");
        return !denied
                && ((here && nearest == 1)
                        || (here && nearest <= 2 && session)
                        || (nearest <= 3 && identity && session));
    }

    private int nearnessOfAllow(String statement) {
        String[] words = statement.split(" ", -1);
        return words[0].equals("Allow") && isAboutAction(words[2]) && conditionHolds(statement)
                ? nearness(words[1])
                : Integer.MAX_VALUE;
    }

    private boolean denies(String statement) {
        String[] words = statement.split(" ", -1);
        boolean isAboutCaller = words[1].startsWith("not-")
                ? !Objects.requireNonNull(LEFT_OUT.get(words[1].substring(4))).contains(caller)
                : nearness(words[1]) < Integer.MAX_VALUE;
        return words[0].equals("Deny") && isAboutCaller && isAboutAction(words[2]) && conditionHolds(statement);
    }

    private boolean allowsHolder(String statement) {
        return statement.startsWith("Allow") && appliesToHolder(statement);
    }

    private boolean deniesHolder(String statement) {
        return statement.startsWith("Deny") && appliesToHolder(statement);
    }

    private boolean appliesToHolder(String statement) {
        return isAboutAction(statement.split(" ", -1)[1]) && conditionHolds(statement);
    }

    private int nearness(String principal) {
        return Objects.requireNonNull(NEARNESS.get(caller)).getOrDefault(principal, Integer.MAX_VALUE);
    }

    private boolean isAboutAction(String pattern) {
        return switch (pattern) {
            case "kms:*" -> true;
            case "all-but-kms:Encrypt" -> !action.equals("kms:Encrypt");
            default -> pattern.equals(action);
        };
    }

    /** The only condition of the small world asks for a user's name. */
    private boolean conditionHolds(String statement) {
        int at = statement.indexOf(" if aws:username=");
        return at < 0 || statement.substring(at).equals(" if aws:username=" + caller);
    }
}
