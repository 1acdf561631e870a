package dev.keyward.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.AuditEvent;
import dev.keyward.kms.json.AwsJsonWriter;
import dev.keyward.kms.json.RequestArbitraries;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Well-formed requests of any content, many of them for keys that are there: none is the server's fault. */
class HostileRequestPropertyTest {
    private static FaceFixture fixture = new FaceFixture();
    private static String key = "";
    private static String externalKey = "";

    record Sent(String operation, String body) {}

    @BeforeContainer
    static void start() {
        fixture = new FaceFixture();
        key = fixture.createKey();
        externalKey = fixture.createExternalKey();
        fixture.kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(key));
    }

    @AfterContainer
    static void stop() {
        fixture.close();
    }

    @Property(tries = 3000)
    void isAnsweredOrRefusedAndAudited(@ForAll("requests") Sent sent) {
        long audited = outcomes();

        WireAnswer answer = fixture.answer(sent.operation(), sent.body());

        assertThat(answer.status()).isLessThan(500);
        assertThat(outcomes()).isEqualTo(audited + 1);
        assertThat(fixture.lastAudited().errorCode()).isEqualTo(answer.errorCode());
    }

    /** How many requests have their outcome recorded; some are announced before, and some make the service act. */
    private static long outcomes() {
        return fixture.audited.stream()
                .filter(event -> event.phase() == AuditEvent.Phase.OUTCOME && event.caller() != null)
                .count();
    }

    @Provide
    Arbitrary<Sent> requests() {
        return Arbitraries.of(Requests.OPERATIONS)
                .flatMap(operation -> RequestArbitraries.objects(Requests.shape(operation), plausibleStrings())
                        .map(request ->
                                new Sent(operation, new String(AwsJsonWriter.write(request), StandardCharsets.UTF_8))));
    }

    private static Arbitrary<String> plausibleStrings() {
        Arbitrary<String> known = Arbitraries.of(
                "alias/a",
                "alias/b",
                "SYMMETRIC_DEFAULT",
                "ENCRYPT_DECRYPT",
                "AES_256",
                "EXTERNAL",
                "KEY_MATERIAL_DOES_NOT_EXPIRE",
                "EXISTING_KEY_MATERIAL",
                "RSAES_OAEP_SHA_256",
                "RSA_2048",
                "Decrypt",
                "default",
                "arn:aws:iam::111122223333:user/bob",
                "0123456789abcdef".repeat(4));
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.create(() -> key)),
                Tuple.of(1, Arbitraries.create(() -> externalKey)),
                Tuple.of(4, known),
                Tuple.of(1, RequestArbitraries.strings()));
    }
}
