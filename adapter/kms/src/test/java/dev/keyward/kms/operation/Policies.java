package dev.keyward.kms.operation;

import dev.keyward.kms.People;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Key policies in the small language of the tests' tables. */
final class Policies {
    /** For instance {@code Allow alice kms:* if kms:ViaService=x}; a number stands for an account. */
    private static final Pattern STATEMENT = Pattern.compile(
            "(?<effect>Allow|Deny) (?<who>\\S+) (?<action>\\S+)(?: if (?<operator>\\S+ )?(?<key>[^=]+)=(?<value>.+))?");

    private Policies() {}

    /** The document of statements with semicolons between them. */
    static String document(People people, String statements) {
        return Stream.of(statements.split("; ", -1))
                .map(statement -> json(people, statement))
                .collect(Collectors.joining(",", "{\"Version\": \"2012-10-17\", \"Statement\": [", "]}"));
    }

    private static String json(People people, String text) {
        Matcher statement = STATEMENT.matcher(text);
        if (!statement.matches()) {
            throw new IllegalArgumentException(text);
        }
        String who = statement.group("who");
        String principal = who.matches("\\*|\\d{12}") ? who : people.arn(who);
        return """
                {"Effect": "%s", "Principal": {"AWS": "%s"}, "Action": "%s", "Resource": "*"%s}
                """.formatted(statement.group("effect"), principal, statement.group("action"), condition(statement));
    }

    private static String condition(Matcher statement) {
        if (statement.group("key") == null) {
            return "";
        }
        String operator = statement.group("operator") == null
                ? "StringEquals"
                : statement.group("operator").strip();
        return ", \"Condition\": {\"%s\": {\"%s\": \"%s\"}}"
                .formatted(operator, statement.group("key"), statement.group("value"));
    }
}
