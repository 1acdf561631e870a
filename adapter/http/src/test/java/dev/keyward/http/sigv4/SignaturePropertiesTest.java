package dev.keyward.http.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the AWS SDK signs is accepted, and nothing that differs from it in one character. */
class SignaturePropertiesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SignatureV4Verifier verifier =
            new SignatureV4Verifier(SignedService.KMS, Identities.withExample(), Set.of(new Region("us-east-1")));

    @Property(tries = 500)
    void acceptsWhatTheSdkSigns(@ForAll("requests") Unsigned unsigned) {
        SignedRequest request = unsigned.sign();

        assertThat(verifier.verify(request, NOW).accessKeyId()).isEqualTo(Identities.ACCESS_KEY_ID);
    }

    @Property(tries = 20)
    void refusesEverySingleChangedCharacter(@ForAll("requests") Unsigned unsigned) {
        SignedRequest request = unsigned.sign();

        for (SignedRequest changed : changes(request)) {
            assertThatExceptionOfType(KeywardException.class)
                    .isThrownBy(() -> verifier.verify(changed, NOW))
                    .satisfies(
                            refusal -> assertThat(refusal.code().httpStatus()).isEqualTo(400));
        }
    }

    @Property(tries = 500)
    void refusesAnyAuthorizationButTheRightOne(@ForAll String authorization) {
        SignedRequest signed = new HandSigner("20261124T120000Z").sign();
        List<SignedRequest.Header> headers = new ArrayList<>(signed.headers());
        headers.removeLast();
        headers.add(new SignedRequest.Header("authorization", authorization));

        assertThatExceptionOfType(KeywardException.class)
                .isThrownBy(() -> verifier.verify(new SignedRequest("POST", "/", null, headers, signed.body()), NOW));
    }

    @Provide
    Arbitrary<Unsigned> requests() {
        Arbitrary<String> segment = Arbitraries.oneOf(
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars("-._~ %+&=@:é€")
                        .ofMaxLength(12),
                Arbitraries.of(".", "..", "a"));
        Arbitrary<String> path = segment.map(SignaturePropertiesTest::encode)
                .list()
                .ofMaxSize(5)
                .filter(SignaturePropertiesTest::staysBelowTheRoot)
                .map(segments -> "/" + String.join("/", segments));
        Arbitrary<String> text = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-._~ %+&=/?é€")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<Map<String, List<String>>> query =
                Arbitraries.maps(text, text.list().ofMinSize(1).ofMaxSize(3)).ofMaxSize(4);
        Arbitrary<String> name = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("-_.0")
                .ofMinLength(1)
                .ofMaxLength(10);
        Arbitrary<String> value = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30);
        Arbitrary<Map<String, List<String>>> headers = Arbitraries.maps(
                        name.map(suffix -> "x-r" + suffix),
                        value.list().ofMinSize(1).ofMaxSize(3))
                .ofMaxSize(5);
        Arbitrary<byte[]> body = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Combinators.combine(path, query, headers, body).as(Unsigned::new);
    }

    /** RFC 3986 drops a {@code ..} that has nothing to go up from, the JDK's URI keeps it: signers differ. */
    private static boolean staysBelowTheRoot(List<String> segments) {
        int depth = 0;
        for (String segment : segments) {
            depth += segment.equals("..") ? -1 : segment.isEmpty() || segment.equals(".") ? 0 : 1;
            if (depth < 0) {
                return false;
            }
        }
        return true;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What there is to sign. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Unsigned(
            String encodedPath, Map<String, List<String>> query, Map<String, List<String>> headers, byte[] body) {
        SignedRequest sign() {
            return SdkSigner.sign(NOW, encodedPath, query, headers, body);
        }
    }

    /** Every request that differs in one character that means something. */
    private static List<SignedRequest> changes(SignedRequest request) {
        List<SignedRequest> changes = new ArrayList<>();
        for (String method : changes(request.method())) {
            changes.add(new SignedRequest(
                    method, request.rawPath(), request.rawQuery(), request.headers(), request.body()));
        }
        if (!request.rawPath().contains("/.")) { // where segments are removed, a changed one may be removed too
            for (String path : changes(request.rawPath())) {
                changes.add(new SignedRequest(
                        request.method(), path, request.rawQuery(), request.headers(), request.body()));
            }
        }
        if (request.rawQuery() != null) {
            for (String query : changes(request.rawQuery())) {
                changes.add(new SignedRequest(
                        request.method(), request.rawPath(), query, request.headers(), request.body()));
            }
        }
        for (int i = 0; i < request.headers().size(); i++) {
            for (String value : changes(request.headers().get(i).value())) {
                List<SignedRequest.Header> headers = new ArrayList<>(request.headers());
                headers.set(i, new SignedRequest.Header(headers.get(i).name(), value));
                changes.add(new SignedRequest(
                        request.method(), request.rawPath(), request.rawQuery(), headers, request.body()));
            }
        }
        for (int i = 0; i < request.body().length; i++) {
            byte[] body = request.body().clone();
            body[i] ^= 1;
            changes.add(new SignedRequest(
                    request.method(), request.rawPath(), request.rawQuery(), request.headers(), body));
        }
        return changes;
    }

    /** The texts with one letter or digit replaced by another: white space and separators can mean nothing. */
    private static List<String> changes(String text) {
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean encoded = (i > 0 && text.charAt(i - 1) == '%') || (i > 1 && text.charAt(i - 2) == '%');
            if (!encoded && c < 0x80 && Character.isLetterOrDigit(c)) {
                changes.add(text.substring(0, i) + (c == '0' ? '1' : '0') + text.substring(i + 1));
            }
        }
        return changes.stream().distinct().collect(Collectors.toList());
    }
}
