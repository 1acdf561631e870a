package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Who may do what: the two tables {@code operations.csv} and {@code who-may.csv}, multiplied. */
final class WhoMay {
    private static final int FIRST_PRINCIPAL = 2;

    private static final List<List<String>> OPERATIONS = read("operations.csv");
    private static final List<List<String>> ANSWERS = read("who-may.csv");

    private WhoMay() {}

    /** The answers, by their names in the table, and how AWS says them. */
    enum Answer {
        OK(""),
        IDENTITY("because no identity-based policy allows the %s action"),
        RESOURCE("because no resource-based policy allows the %s action"),
        SESSION("because no session policy allows the %s action"),
        IDENTITY_DENY("with an explicit deny in an identity-based policy"),
        KEY_DENY("with an explicit deny in a resource-based policy"),
        /** What a stranger is told, whether or not there is such a key. */
        HIDDEN("because the resource does not exist in this Region, no resource-based policies allow access, or a "
                + "resource-based policy explicitly denies access"),
        /** What a stranger is told of a ciphertext, whether or not there is a key for it. */
        UNTOLD("that does not exist, does not exist in this region, or you are not allowed to access."),
        /** An alias is always looked for in the caller's own account. */
        ABSENT(" is not found.");

        private final String ending;

        Answer(String ending) {
            this.ending = ending;
        }

        boolean isAllowed() {
            return this == OK;
        }

        /** Asserts that this is how a principal's call of an operation is answered. */
        void requireOf(ThrowingCallable call, String principalArn, String operation) {
            switch (this) {
                case OK -> assertThatCode(call).as(principalArn).doesNotThrowAnyException();
                case UNTOLD ->
                    requireRefusal(
                            call, "AccessDeniedException", "The ciphertext refers to a customer master key ", ending);
                case ABSENT -> requireRefusal(call, "NotFoundException", "Alias arn:aws:kms:", ending);
                case IDENTITY, RESOURCE, SESSION, IDENTITY_DENY, KEY_DENY, HIDDEN ->
                    requireRefusal(
                            call,
                            "AccessDeniedException",
                            "User: %s is not authorized to perform: kms:%s on resource: "
                                    .formatted(principalArn, action(operation)),
                            ending.formatted("kms:" + action(operation)));
            }
        }

        private static void requireRefusal(ThrowingCallable call, String code, String beginning, String ending) {
            assertThatThrownBy(call).as(beginning).isInstanceOfSatisfying(KmsException.class, refusal -> {
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
                assertThat(refusal.awsErrorDetails().errorMessage())
                        .startsWith(beginning)
                        .endsWith(ending);
            });
        }

        /** ReEncrypt takes two permissions, of which the first is that of the source. */
        private static String action(String operation) {
            return operation.equals("ReEncrypt") ? "ReEncryptFrom" : operation;
        }
    }

    /**
     * One operation under one key policy.
     *
     * @param expected how each principal is answered
     */
    record Row(String keyPolicy, String operation, Map<String, Answer> expected) {
        /** Those who are allowed it, or those who are not. */
        List<String> principals(boolean allowed) {
            return expected.keySet().stream()
                    .filter(principal -> expected(principal).isAllowed() == allowed)
                    .toList();
        }

        Answer expected(String principal) {
            return Objects.requireNonNull(expected.get(principal), principal);
        }

        @Override
        public String toString() {
            return operation + ", key policy " + keyPolicy;
        }
    }

    /** AWS's names of the operations. */
    static List<String> operations() {
        return rows(OPERATIONS).map(List::getFirst).toList();
    }

    /** Every operation under every key policy. */
    static Stream<Row> rows() {
        return rows(ANSWERS)
                .flatMap(answers -> rows(OPERATIONS)
                        .filter(operation -> operation.get(1).equals(answers.get(1)))
                        .map(operation -> row(answers, operation)));
    }

    private static Row row(List<String> answers, List<String> operation) {
        List<String> header = ANSWERS.getFirst();
        Map<String, Answer> expected = new LinkedHashMap<>();
        for (String principal : header.subList(FIRST_PRINCIPAL, header.size())) {
            boolean hasItLikeTheSession =
                    principal.equals("narrowed") && operation.get(2).equals("yes");
            String column = hasItLikeTheSession ? "session" : principal;
            expected.put(principal, answer(answers.get(header.indexOf(column))));
        }
        return new Row(answers.getFirst(), operation.getFirst(), expected);
    }

    private static Answer answer(String name) {
        return Answer.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Stream<List<String>> rows(List<List<String>> table) {
        return table.stream().skip(1);
    }

    /** A table with its header; what precedes that explains it. */
    private static List<List<String>> read(String name) {
        try (InputStream in = Objects.requireNonNull(WhoMay.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
