package dev.keyward.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.WireAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever bytes come in, no 5xx goes out, and the next client is answered. */
class HostileInputPropertiesTest {
    private static @Nullable RunningServer running;

    @BeforeContainer
    static void start() throws IOException {
        running = RunningServer.start(
                ServerSettings.loopback(0), (caller, operation, body) -> new WireAnswer(200, body, null));
    }

    @AfterContainer
    static void stop() {
        server().close();
    }

    @Property(tries = 200)
    void survivesBytes(@ForAll byte[] bytes) throws IOException {
        assertSurvives(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 200)
    void survivesAGoodRequestWithPartsReplaced(@ForAll("replacements") List<Replacement> replacements)
            throws IOException {
        StringBuilder message = new StringBuilder(RawConnection.signed(RawConnection.signer()));
        for (Replacement replacement : replacements) {
            int start = (int) (replacement.place() * message.length());
            message.replace(start, Math.min(message.length(), start + replacement.length()), replacement.text());
        }
        assertSurvives(message.toString());
    }

    @Provide
    Arbitrary<List<Replacement>> replacements() {
        Arbitrary<Double> place = Arbitraries.doubles().between(0, true, 1, false);
        Arbitrary<Integer> length = Arbitraries.integers().between(0, 40);
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(10),
                Arbitraries.of(
                        "\r\n", "\r\n\r\n", "\n", "\0", ":", " ", "0", "host: other\r\n", "\r\nContent-Length: 1"));
        return Combinators.combine(place, length, text)
                .as(Replacement::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static void assertSurvives(String message) throws IOException {
        try (RawConnection connection = server().connect()) {
            connection.send(message);
            connection.sendNoMore(); // a message that lost its end is not waited for
            RawConnection.Answer answer = connection.read();
            if (answer != null) {
                assertThat(answer.status()).isBetween(200, 499);
            }
        }
        try (RawConnection connection = server().connect()) {
            assertThat(connection.exchange(RawConnection.signer()).status()).isEqualTo(200);
        }
    }

    private static RunningServer server() {
        if (running == null) {
            throw new IllegalStateException("the server was not started");
        }
        return running;
    }

    /**
     * A part of a message and what takes its place.
     *
     * @param place where it begins, as a share of the whole message
     * @param length how many characters go
     * @param text what comes
     */
    record Replacement(double place, int length, String text) {}
}
