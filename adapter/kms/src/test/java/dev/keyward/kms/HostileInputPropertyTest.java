package dev.keyward.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.json.AwsJsonReader;
import dev.keyward.kms.json.AwsJsonWriter;
import dev.keyward.kms.json.RequestArbitraries;
import dev.keyward.kms.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes, a request is read and found in order, or refused as malformed or invalid; nothing else. */
class HostileInputPropertyTest {
    private static final Set<ErrorCode> ALLOWED = Set.of(ErrorCode.SERIALIZATION, ErrorCode.VALIDATION);
    private static final Map<String, Validator> VALIDATORS = Requests.OPERATIONS.stream()
            .collect(Collectors.toMap(name -> name, name -> Validator.of(name, Requests.shape(name), Requests.TABLE)));

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Sent(String operation, byte[] body) {
        @Override
        public String toString() {
            return operation + " " + new String(body, UTF_8);
        }
    }

    @Property(tries = 3000)
    void anyBytes(@ForAll("operations") String operation, @ForAll byte[] body) {
        requireRefusedOrRead(new Sent(operation, body));
    }

    @Property(tries = 3000)
    void anyJson(@ForAll("operations") String operation, @ForAll("json") String body) {
        requireRefusedOrRead(new Sent(operation, body.getBytes(UTF_8)));
    }

    @Property(tries = 3000)
    void anObjectOfKnownMembersWithAnyJson(@ForAll("knownMembers") Sent sent) {
        requireRefusedOrRead(sent);
    }

    @Property(tries = 3000)
    void aRequestWithChangedBytes(@ForAll("damaged") Sent sent) {
        requireRefusedOrRead(sent);
    }

    private static void requireRefusedOrRead(Sent sent) {
        try {
            Validator validator = Objects.requireNonNull(VALIDATORS.get(sent.operation()));
            validator.validate(AwsJsonReader.read(sent.body(), Requests.shape(sent.operation())));
        } catch (KeywardException refusal) {
            if (!ALLOWED.contains(refusal.code())) {
                throw refusal;
            }
            ErrorAnswers.of(refusal);
        }
    }

    @Provide
    Arbitrary<String> operations() {
        return Arbitraries.of(Requests.OPERATIONS);
    }

    /** JSON of every form, small, with values that are near what is legal. */
    @Provide
    Arbitrary<String> json() {
        return Arbitraries.recursive(HostileInputPropertyTest::leaves, HostileInputPropertyTest::nested, 0, 3);
    }

    private static Arbitrary<String> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-1",
                        "1e400",
                        "1.5",
                        "2147483648",
                        "\"\"",
                        "\"AA==\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "nul",
                        "\"",
                        "1e-999999999",
                        "253402300799.9999"),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings().ofMaxLength(16).map(HostileInputPropertyTest::quoted));
    }

    private static Arbitrary<String> nested(Arbitrary<String> inner) {
        Arbitrary<String> lists = inner.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
        Arbitrary<String> entries = Combinators.combine(
                        Arbitraries.of("KeyId", "Tags", "TagKey", "GrantTokens", "a", "\\ud800", ""), inner)
                .as((name, value) -> "\"" + name + "\":" + value);
        Arbitrary<String> objects = entries.list().ofMaxSize(4).map(all -> "{" + String.join(",", all) + "}");
        return Arbitraries.oneOf(inner, lists, objects);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Provide
    Arbitrary<Sent> knownMembers() {
        return operations().flatMap(operation -> {
            List<String> names = List.copyOf(Requests.shape(operation).members().keySet());
            Arbitrary<String> members =
                    Combinators.combine(Arbitraries.of(names), json()).as((name, value) -> "\"" + name + "\":" + value);
            return members.list()
                    .ofMaxSize(4)
                    .map(all -> new Sent(operation, ("{" + String.join(",", all) + "}").getBytes(UTF_8)));
        });
    }

    @Provide
    Arbitrary<Sent> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().greaterOrEqual(0);
        return operations()
                .flatMap(operation -> Combinators.combine(
                                RequestArbitraries.objects(Requests.shape(operation)), places, Arbitraries.bytes())
                        .as((request, place, changed) -> {
                            byte[] body = AwsJsonWriter.write(request);
                            body[place % body.length] = changed;
                            return new Sent(operation, body);
                        }));
    }
}
