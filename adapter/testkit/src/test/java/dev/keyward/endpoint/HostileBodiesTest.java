package dev.keyward.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.conformance.KeyStateAnswers;
import dev.keyward.testkit.LocalKeyward;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody with credentials can put into a request's body. Whatever it is, the answer is JSON and either a success or
 * a refusal in AWS's form, and the key that was there before is there afterwards and decrypts.
 */
class HostileBodiesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("kept");

    private static final LocalKeyward KEYWARD = LocalKeyward.start();
    private static final SignedPost POST = new SignedPost(KEYWARD.endpoint(), KEYWARD.root());
    private static final String KEY = KEYWARD.kms().createKey().keyMetadata().keyId();
    private static final SdkBytes CIPHERTEXT =
            KEYWARD.kms().encrypt(r -> r.keyId(KEY).plaintext(PLAINTEXT)).ciphertextBlob();

    @AfterContainer
    static void theKeyIsThereAndDecrypts() {
        try (LocalKeyward ended = KEYWARD) {
            assertThat(ended.kms().decrypt(r -> r.ciphertextBlob(CIPHERTEXT)).plaintext())
                    .isEqualTo(PLAINTEXT);
        }
    }

    @Property(tries = 1500)
    void anyMembers(@ForAll("requests") Request request) throws Exception {
        assertAnswered(POST.send(request.operation(), request.body()));
    }

    @Property(tries = 500)
    void anyDamage(@ForAll("requests") Request request, @ForAll("damage") Damage damage) throws Exception {
        assertAnswered(POST.send(request.operation(), damage.done(request.body())));
    }

    @Property(tries = 200)
    void anyBytes(@ForAll("operations") String operation, @ForAll byte[] body) throws Exception {
        assertAnswered(POST.send(operation, body));
    }

    /** A request for an operation. */
    record Request(String operation, String json) {
        byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Something that happens to a body on its way. */
    record Damage(String name, int place, byte with) {
        byte[] done(byte[] body) {
            int at = body.length == 0 ? 0 : place % body.length;
            return switch (name) {
                case "cut" -> Arrays.copyOf(body, at);
                case "extended" -> Arrays.copyOf(body, body.length + 1 + place % 64);
                case "doubled" ->
                    new String(body, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);
                case "changed" -> {
                    byte[] changed = body.clone();
                    if (changed.length > 0) {
                        changed[at] = with;
                    }
                    yield changed;
                }
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Combinators.combine(
                        Arbitraries.of("cut", "extended", "doubled", "changed"),
                        Arbitraries.integers().between(0, 4096),
                        Arbitraries.bytes())
                .as(Damage::new);
    }

    @Provide
    Arbitrary<String> operations() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(KeyStateAnswers.operations())),
                Tuple.of(1, Arbitraries.of("Sign", "ReplicateKey", "encrypt", "x", "A1B2C3")));
    }

    @Provide
    Arbitrary<Request> requests() {
        // What would end the key lawfully is left out: that the rest cannot is what is tested.
        return Arbitraries.of(KeyStateAnswers.operations().stream()
                        .filter(operation -> !operation.equals("ScheduleKeyDeletion")
                                && !operation.equals("DisableKey")
                                && !operation.equals("PutKeyPolicy"))
                        .toList())
                .flatMap(operation -> objects(members(operation), 3).map(json -> new Request(operation, json)));
    }

    /** JSON objects with some of those members, or strange ones, or one of them twice. */
    private static Arbitrary<String> objects(List<String> members, int depth) {
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.of(members)),
                Tuple.of(1, Arbitraries.of("", "keyid", "KeyId ", "\\u0000", "__type", "constructor")));
        return Combinators.combine(name, values(members, depth))
                .as((member, value) -> "\"" + member + "\":" + value)
                .list()
                .ofMaxSize(5)
                .map(pairs -> "{" + String.join(",", pairs) + "}");
    }

    private static Arbitrary<String> values(List<String> members, int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "-1",
                        "0",
                        "1",
                        "7",
                        "90",
                        "32",
                        "1e400",
                        "-1e-400",
                        "1.5",
                        "99999999999999999999"),
                Arbitraries.of(
                        "\"\"",
                        "\"AES_256\"",
                        "\"SYMMETRIC_DEFAULT\"",
                        "\"EXTERNAL\"",
                        "\"alias/x\"",
                        "\"alias/aws/x\""),
                Arbitraries.of("\"" + KEY + "\"", "\"arn:aws:kms:us-east-1:111122223333:key/" + KEY + "\""),
                Arbitraries.of("\"not base64\"", "\"AAAA\"", "\"AAA\"", "\"=\"", "\"\\ud800\"", "\"\\u0000\""),
                Arbitraries.of("\"" + Base64.getEncoder().encodeToString(CIPHERTEXT.asByteArray()) + "\""),
                Arbitraries.strings().ofMaxLength(30).map(text -> JSON.writeValueAsString(text)),
                Arbitraries.of(5000, 20000).map(length -> "\"" + "a".repeat(length) + "\""),
                Arbitraries.of(40, 1000).map(nesting -> "[".repeat(nesting) + "]".repeat(nesting)));
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(8, leaf),
                Tuple.of(1, Arbitraries.lazy(() -> objects(members, depth - 1))),
                Tuple.of(
                        1,
                        Arbitraries.lazy(() -> values(members, depth - 1))
                                .list()
                                .ofMaxSize(3)
                                .map(items -> "[" + String.join(",", items) + "]")));
    }

    /** The members of an operation's request, as the SDK has them. */
    private static List<String> members(String operation) {
        try {
            Object builder = Class.forName(KmsRequest.class.getPackageName() + "." + operation + "Request")
                    .getMethod("builder")
                    .invoke(null);
            List<String> names = ((SdkPojo) builder)
                    .sdkFields().stream().map(SdkField::locationName).collect(Collectors.toList());
            return names.isEmpty() ? List.of("KeyId") : names;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the SDK has no request for " + operation, e);
        }
    }

    private static void assertAnswered(HttpResponse<String> answer) {
        JsonNode body = answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        assertThat(body.isObject()).as(answer.body()).isTrue();
        assertThat(answer.body()).doesNotContain("\\tat ", "dev.keyward", "java.");
        if (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(body.path("__type").asString()).isNotEmpty();
        }
    }
}
