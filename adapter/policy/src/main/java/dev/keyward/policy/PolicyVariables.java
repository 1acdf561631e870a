package dev.keyward.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values of a request in the place of policy variables, such as <code>${aws:username}</code>. What a variable stands
 * for is taken literally: a wildcard in it is none. Immutable and thread-safe.
 *
 * <p>Source: AWS IAM User Guide, "IAM policy elements: Variables and tags".
 */
final class PolicyVariables {
    /** <code>${name}</code> or <code>${name, 'default'}</code>, or one of <code>${*} ${?} ${$}</code>. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(?:(?<special>[*?$])|(?<name>[^},]+?)\\s*(?:,\\s*'(?<default>[^'}]*)'\\s*)?)}");

    private final PolicyVersion version;
    private final RequestContext context;

    private PolicyVariables(PolicyVersion version, RequestContext context) {
        this.version = version;
        this.context = context;
    }

    /** The variables of a document: the first version of the language has none, and takes them as they are written. */
    static PolicyVariables of(PolicyVersion version, RequestContext context) {
        return new PolicyVariables(version, context);
    }

    /** The pattern with its variables replaced; empty if one of them has no value, or several. */
    Optional<WildcardPattern> resolve(WildcardPattern pattern) {
        String text = pattern.text();
        if (version == PolicyVersion.OF_2008 || !text.contains("${")) {
            return Optional.of(pattern);
        }
        StringBuilder resolved = new StringBuilder();
        Set<Integer> literals = new HashSet<>();
        Matcher variable = VARIABLE.matcher(text);
        int done = 0;
        while (variable.find()) {
            Optional<String> value = value(variable);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            resolved.append(text, done, variable.start());
            for (int i = 0; i < value.get().length(); i++) {
                literals.add(resolved.length() + i);
            }
            resolved.append(value.get());
            done = variable.end();
        }
        resolved.append(text, done, text.length());
        return Optional.of(new WildcardPattern(resolved.toString(), literals));
    }

    private Optional<String> value(Matcher variable) {
        if (variable.group("special") != null) {
            return Optional.of(variable.group("special"));
        }
        List<String> values = context.values(variable.group("name"));
        return switch (values.size()) {
            case 0 -> Optional.ofNullable(variable.group("default"));
            case 1 -> Optional.of(values.getFirst());
            default -> Optional.empty();
        };
    }
}
