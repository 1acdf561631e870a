package dev.keyward.endpoint;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The key policies of the tests of who may do what. Each also allows the owner of the keys everything. */
final class KeyPolicies {
    private static final String ACCOUNT = "arn:aws:iam::111122223333:root";
    private static final String OTHER_ACCOUNT = "arn:aws:iam::444455556666:root";

    private static final Map<String, String> STATEMENTS = Map.of(
            // Leaves it to the identity policies of its account.
            "delegates",
            to("Allow", user("owner"), ACCOUNT),
            // Names whom it allows, here and elsewhere, and leaves nothing to anybody.
            "names",
            to(
                    "Allow",
                    user("owner"),
                    user("named"),
                    user("barred"),
                    "arn:aws:iam::111122223333:role/worker",
                    "arn:aws:iam::444455556666:user/visitor",
                    "arn:aws:iam::444455556666:user/guest"),
            // Leaves it to two accounts, but for some whom it denies everything.
            "denies",
            to("Allow", user("owner"), ACCOUNT, OTHER_ACCOUNT) + ", " + to("Deny", user("shunned"), user("grantee")));

    /** What they are called in the table. */
    static final Set<String> NAMES = STATEMENTS.keySet();

    private KeyPolicies() {}

    /** The document of that name. */
    static String named(String name) {
        String statements = Objects.requireNonNull(STATEMENTS.get(name), name);
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
    }

    private static String to(String effect, String... principals) {
        String named = Stream.of(principals).collect(Collectors.joining("\", \"", "\"", "\""));
        return """
                {"Effect": "%s", "Principal": {"AWS": [%s]}, "Action": "kms:*", "Resource": "*"}""".formatted(effect, named);
    }

    private static String user(String name) {
        return "arn:aws:iam::111122223333:user/" + name;
    }
}
