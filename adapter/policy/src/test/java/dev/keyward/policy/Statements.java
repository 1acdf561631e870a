package dev.keyward.policy;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallingPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The small language of the tests' tables, and the people who act in them. */
final class Statements {
    static final AccountId HERE = new AccountId("111122223333");
    static final AccountId ELSEWHERE = new AccountId("444455556666");
    static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /** For instance {@code Allow alice kms:* on arn:... if aws:username=alice}; an identity policy's names nobody. */
    private static final Pattern STATEMENT = Pattern.compile("(?<effect>Allow|Deny)(?: (?<principal>[a-z-]+))?"
            + " (?<action>\\S+)(?: on (?<resource>\\S+))?(?: if (?<key>\\S+)=(?<value>\\S+))?");

    private static final Map<String, CallingPrincipal> CALLERS = callers();

    private Statements() {}

    static CallingPrincipal caller(String name) {
        return Objects.requireNonNull(CALLERS.get(name), name);
    }

    /** The principal element that a name of the tables stands for. */
    static String principal(String name) {
        return switch (name) {
            case "everyone" -> "*";
            case "account" -> HERE.value();
            case "elsewhere" -> "arn:aws:iam::" + ELSEWHERE + ":root";
            case "role" -> caller("admin").identityArn();
            case "session" -> caller("admin").arn();
            default -> caller(name).arn();
        };
    }

    static KeyPolicy keyPolicy(String statements) {
        return KeyPolicy.parse(document(split(statements)), HERE);
    }

    /** One policy for each statement, so that a table can say which one decided. */
    static List<IdentityPolicy> policies(String name, String statements) {
        List<IdentityPolicy> policies = new ArrayList<>();
        for (String statement : split(statements)) {
            policies.add(IdentityPolicy.parse(name + " " + (policies.size() + 1), document(List.of(statement))));
        }
        return policies;
    }

    /** What a request of {@code caller} tells of it, as far as the tables' conditions ask. */
    static RequestContext context(CallingPrincipal caller) {
        RequestContext.Builder context = RequestContext.builder().add("aws:PrincipalArn", caller.identityArn());
        if (caller instanceof CallingPrincipal.User user) {
            context.add("aws:username", user.name());
        }
        return context.build();
    }

    private static Map<String, CallingPrincipal> callers() {
        Map<String, CallingPrincipal> callers = new HashMap<>();
        callers.put("root", new CallingPrincipal.RootUser(HERE));
        callers.put("alice", user(HERE, "alice"));
        callers.put("bob", user(HERE, "bob"));
        callers.put(
                "admin",
                new CallingPrincipal.RoleSession(
                        HERE, "arn:aws:iam::" + HERE + ":role/admin", "AROAADMIN00000000", "nightly", Map.of()));
        callers.put("stranger", user(ELSEWHERE, "stranger"));
        callers.put("stranger-root", new CallingPrincipal.RootUser(ELSEWHERE));
        return callers;
    }

    private static CallingPrincipal user(AccountId account, String name) {
        return new CallingPrincipal.User(account, "arn:aws:iam::" + account + ":user/" + name, "AIDA" + name, Map.of());
    }

    private static List<String> split(String statements) {
        return Stream.of(statements.split(", ", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static String document(List<String> statements) {
        return statements.stream()
                .map(Statements::json)
                .collect(Collectors.joining(",", "{\"Version\": \"2012-10-17\", \"Statement\": [", "]}"));
    }

    private static String json(String text) {
        Matcher statement = STATEMENT.matcher(text);
        if (!statement.matches()) {
            throw new IllegalArgumentException(text);
        }
        StringBuilder json = new StringBuilder("{\"Effect\": \"" + statement.group("effect") + "\"");
        String principal = statement.group("principal");
        if (principal != null) {
            boolean allExcept = principal.startsWith("not-");
            json.append(", \"").append(allExcept ? "NotPrincipal" : "Principal").append("\": {\"AWS\": \"");
            json.append(principal(allExcept ? principal.substring(4) : principal))
                    .append("\"}");
        }
        append(json, "Action", "all-but-", statement.group("action"));
        append(json, "Resource", "not-", Objects.requireNonNullElse(statement.group("resource"), "*"));
        if (statement.group("key") != null) {
            json.append(", \"Condition\": {\"StringEquals\": {\"%s\": \"%s\"}}"
                    .formatted(statement.group("key"), statement.group("value")));
        }
        return json.append("}").toString();
    }

    private static void append(StringBuilder json, String element, String negation, String value) {
        boolean allExcept = value.startsWith(negation);
        json.append(", \"").append(allExcept ? "Not" : "").append(element).append("\": \"");
        json.append(allExcept ? value.substring(negation.length()) : value).append("\"");
    }
}
