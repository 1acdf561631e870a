package dev.keyward.http.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureV4VerifierTest {
    private static final String AMZ_DATE = "20261124T120000Z";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    private static final String UNRECOGNIZED = "The security token included in the request is invalid.";

    private final Identities identities = Identities.withExample();
    private final SignatureV4Verifier verifier = new SignatureV4Verifier(
            SignedService.KMS, identities, Set.of(new Region("us-east-1"), new Region("eu-central-1")));

    @Test
    void acceptsARequestSignedAsBoto3SignsWithoutContentHash() {
        VerifiedSigner signer = verifier.verify(new HandSigner(AMZ_DATE).sign(), NOW);

        assertThat(signer)
                .isEqualTo(new VerifiedSigner(
                        new Scope(Identities.ACCOUNT, new Region("us-east-1")),
                        Identities.PRINCIPAL,
                        Identities.ACCESS_KEY_ID));
    }

    @Test
    void takesTheRegionFromTheScope() {
        VerifiedSigner signer =
                verifier.verify(new HandSigner(AMZ_DATE).region("eu-central-1").sign(), NOW);

        assertThat(signer.scope().region()).isEqualTo(new Region("eu-central-1"));
    }

    @Test
    void acceptsTheDateHeaderInPlaceOfAmzDate() {
        SignedRequest request = new HandSigner(AMZ_DATE)
                .without("x-amz-date")
                .header("date", "Tue, 24 Nov 2026 12:00:00 GMT")
                .sign();

        assertThat(verifier.verify(request, NOW).accessKeyId()).isEqualTo(Identities.ACCESS_KEY_ID);
    }

    @Test
    void refusesARequestWithoutAuthorization() {
        SignedRequest request = without(new HandSigner(AMZ_DATE).sign(), "authorization");

        refuses(request, ErrorCode.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Amz-Signature=00", "X-Amz-Algorithm=AWS4-HMAC-SHA256", "a=b&x-amz-credential=c"})
    void refusesASignatureInTheQuery(String query) {
        SignedRequest signed = new HandSigner(AMZ_DATE).sign();

        refuses(
                new SignedRequest("POST", "/", query, signed.headers(), signed.body()),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "A signature is taken from the Authorization header only, never from the query string.");
    }

    @Test
    void namesEveryMissingParameter() {
        refuses(
                withAuthorization("AWS4-HMAC-SHA256 SignedHeaders=host"),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "Authorization header requires 'Credential' parameter."
                        + " Authorization header requires 'Signature' parameter.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic YTpi",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA1 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=00",
                "AWS4-ECDSA-P256-SHA256 Credential=a/20261124/kms/aws4_request, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, SignedHeaders=host, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=Host, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=x;host, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=host;host, Signature=%s",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=%s, x=y",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=%s,",
                "AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/kms/aws4_request, Credential=a/b/c/d/e,"
                        + " SignedHeaders=host, Signature=%s",
            })
    void refusesAnAuthorizationOfAnotherForm(String authorization) {
        refuses(withAuthorization(authorization.replace("%s", "0".repeat(64))), ErrorCode.INCOMPLETE_SIGNATURE, null);
    }

    @Test
    void refusesASignatureInCapitals() {
        SignedRequest signed = new HandSigner(AMZ_DATE).sign();
        String authorization = signed.header("authorization").orElseThrow();
        int signature = authorization.indexOf("Signature=") + "Signature=".length();

        refuses(
                withAuthorization(authorization.substring(0, signature) + "A".repeat(64)),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "'Signature' must be 64 lower-case hexadecimal digits.");
    }

    @Test
    void refusesAnotherScopeInAwsWords() {
        HandSigner signer = new HandSigner(AMZ_DATE);
        refuses(
                signer.region("us-west-2").sign(),
                ErrorCode.INVALID_SIGNATURE,
                "Credential should be scoped to a valid region.");
        refuses(
                signer.scope("20261124", "us-east-1", "s3", "aws4_request").sign(),
                ErrorCode.INVALID_SIGNATURE,
                "Credential should be scoped to correct service: 'kms'.");
        refuses(
                signer.scope("20261124", "us-east-1", "kms", "aws5_request").sign(),
                ErrorCode.INVALID_SIGNATURE,
                "Credential should be scoped with a valid terminator: 'aws4_request'.");
        refuses(
                signer.scope("20261123", "us-east-1", "kms", "aws4_request").sign(),
                ErrorCode.INVALID_SIGNATURE,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
                        + " it should be '20261124'.");
    }

    @Test
    void acceptsAClockFiveMinutesOffAndNoMore() {
        SignedRequest request = new HandSigner(AMZ_DATE).sign();
        Duration window = Duration.ofMinutes(5);

        assertThat(verifier.verify(request, NOW.plus(window))).isNotNull();
        assertThat(verifier.verify(request, NOW.minus(window))).isNotNull();
        refuses(
                request,
                NOW.plus(window).plusSeconds(1),
                ErrorCode.INVALID_SIGNATURE,
                "Signature expired: 20261124T120000Z is now earlier than 20261124T120001Z (20261124T120501Z - 5 min.)");
        refuses(
                request,
                NOW.minus(window).minusSeconds(1),
                ErrorCode.INVALID_SIGNATURE,
                "Signature not yet current: 20261124T120000Z is still later than 20261124T115959Z"
                        + " (20261124T115459Z + 5 min.)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "now", "2026-11-24T12:00:00Z", "20261324T120000Z", "20261124T120000", "20260230T120000Z"})
    void refusesADateOfAnotherForm(String date) {
        refuses(
                new HandSigner(AMZ_DATE).header("x-amz-date", date).sign(),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "Date must be in ISO-8601 'basic format'.");
    }

    @Test
    void refusesARequestWithoutADate() {
        refuses(
                new HandSigner(AMZ_DATE).without("x-amz-date").sign(),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-amz-date", "x-amz-target", "x-amz-anything"})
    void refusesAHeaderThatDecidesAndIsNotSigned(String name) {
        refuses(
                new HandSigner(AMZ_DATE)
                        .header("x-amz-anything", "1")
                        .leaveUnsigned(name)
                        .sign(),
                ErrorCode.INVALID_SIGNATURE,
                "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void refusesADateHeaderThatIsNotSigned() {
        refuses(
                new HandSigner(AMZ_DATE)
                        .without("x-amz-date")
                        .header("date", "Tue, 24 Nov 2026 12:00:00 GMT")
                        .leaveUnsigned("date")
                        .sign(),
                ErrorCode.INVALID_SIGNATURE,
                "'date' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void bearsAnOrdinaryHeaderThatIsNotSigned() {
        SignedRequest request = new HandSigner(AMZ_DATE)
                .header("user-agent", "anything")
                .leaveUnsigned("user-agent")
                .leaveUnsigned("content-type")
                .sign();

        assertThat(verifier.verify(request, NOW)).isNotNull();
    }

    @Test
    void refusesASignedHeaderThatIsNotThere() {
        SignedRequest signed = new HandSigner(AMZ_DATE).header("x-extra", "").sign();

        refuses(without(signed, "x-extra"), ErrorCode.INVALID_SIGNATURE, MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host", "authorization", "x-amz-date", "x-amz-target", "date", "content-type", "x-amz-other"})
    void refusesASecondHeaderOfANameThatDecides(String name) {
        SignedRequest signed = new HandSigner(AMZ_DATE)
                .header("date", "Tue, 24 Nov 2026 12:00:00 GMT")
                .header("x-amz-other", "1")
                .sign();

        refuses(
                with(signed, name, signed.header(name).orElseThrow()),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "Header '" + name + "' appears more than once.");
    }

    @Test
    void refusesTooManyAndTooLongHeaders() {
        SignedRequest request = new HandSigner(AMZ_DATE).sign();
        List<SignedRequest.Header> many = new ArrayList<>(request.headers());
        for (int i = 0; i <= RequestRules.MAXIMUM_HEADERS; i++) {
            many.add(new SignedRequest.Header("x-" + i, ""));
        }

        refuses(withHeaders(request, many), ErrorCode.INCOMPLETE_SIGNATURE, null);
        refuses(
                with(request, "x-long", "a".repeat(RequestRules.MAXIMUM_TOTAL_CHARACTERS)),
                ErrorCode.INCOMPLETE_SIGNATURE,
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\u0100b"})
    void refusesCharactersThatNoHeaderCanHave(String value) {
        refuses(
                with(new HandSigner(AMZ_DATE).sign(), "x-other", value),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "A header has a character that no header can have.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PO ST", "", "POST\n/"})
    void refusesCharactersThatNoRequestLineCanHave(String method) {
        SignedRequest signed = new HandSigner(AMZ_DATE).sign();

        refuses(
                new SignedRequest(method, "/", null, signed.headers(), signed.body()),
                ErrorCode.INCOMPLETE_SIGNATURE,
                "The request line has a character that it cannot have.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNSIGNED-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                ""
            })
    void refusesAContentHashThatIsNotTheBodys(String hash) {
        refuses(
                new HandSigner(AMZ_DATE).header("x-amz-content-sha256", hash).sign(),
                ErrorCode.INVALID_SIGNATURE,
                "The provided 'x-amz-content-sha256' header does not match the SHA-256 of the request body.");
    }

    @Test
    void refusesABodyOtherThanTheSignedOne() {
        SignedRequest signed = new HandSigner(AMZ_DATE).sign();

        refuses(
                new SignedRequest(
                        "POST", "/", null, signed.headers(), "{\"Limit\":1}".getBytes(StandardCharsets.UTF_8)),
                ErrorCode.INVALID_SIGNATURE,
                MISMATCH);
    }

    @Test
    void refusesAWrongSecret() {
        refuses(
                new HandSigner(AMZ_DATE)
                        .accessKey(Identities.ACCESS_KEY_ID, "another secret")
                        .sign(),
                ErrorCode.INVALID_SIGNATURE,
                MISMATCH);
    }

    @Test
    void refusesUnknownInactiveAndTemporaryAccessKeysWithOneText() {
        identities.put("INACTIVE", Identities.SECRET, false, "1");
        HandSigner signer = new HandSigner(AMZ_DATE);

        refuses(signer.accessKey("UNKNOWN", Identities.SECRET).sign(), ErrorCode.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
        refuses(signer.accessKey("INACTIVE", Identities.SECRET).sign(), ErrorCode.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
        refuses(
                signer.accessKey(Identities.ACCESS_KEY_ID, Identities.SECRET)
                        .header("x-amz-security-token", "token")
                        .sign(),
                ErrorCode.UNRECOGNIZED_CLIENT,
                UNRECOGNIZED);
        refuses(
                signer.without("x-amz-security-token")
                        .accessKey("NO+ACCESS+KEY+ID", Identities.SECRET)
                        .sign(),
                ErrorCode.UNRECOGNIZED_CLIENT,
                UNRECOGNIZED);
    }

    @Test
    void nobodyCanSignWithTheSecretOfNobody() {
        refuses(new HandSigner(AMZ_DATE).accessKey("UNKNOWN", "").sign(), ErrorCode.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
        refuses(
                new HandSigner(AMZ_DATE).accessKey("UNKNOWN", "\0".repeat(40)).sign(),
                ErrorCode.UNRECOGNIZED_CLIENT,
                UNRECOGNIZED);
    }

    @Test
    void readsASecretOnceForManyRequestsOfADay() {
        for (int i = 0; i < 10; i++) {
            verifier.verify(new HandSigner(AMZ_DATE).sign(), NOW);
        }

        assertThat(identities.reveals()).isEqualTo(1);
    }

    @Test
    void stopsAtOnceWhenAnAccessKeyIsChangedDeactivatedOrDeleted() {
        SignedRequest request = new HandSigner(AMZ_DATE).sign();
        assertThat(verifier.verify(request, NOW)).isNotNull();

        identities.put(Identities.ACCESS_KEY_ID, "a new secret", true, "2");
        refuses(request, ErrorCode.INVALID_SIGNATURE, MISMATCH);

        identities.put(Identities.ACCESS_KEY_ID, Identities.SECRET, false, "1");
        refuses(request, ErrorCode.UNRECOGNIZED_CLIENT, UNRECOGNIZED);

        identities.remove(Identities.ACCESS_KEY_ID);
        refuses(request, ErrorCode.UNRECOGNIZED_CLIENT, UNRECOGNIZED);
    }

    @Test
    void showsNoSecretInText() {
        SignedRequest request = new HandSigner(AMZ_DATE)
                .body("plaintext".getBytes(StandardCharsets.UTF_8))
                .sign();

        assertThat(request.toString()).isEqualTo("SignedRequest[POST, 5 headers, 9 bytes]");
        assertThat(identities.find(Identities.ACCESS_KEY_ID, null).orElseThrow().toString())
                .isEqualTo("SigningIdentity[arn:aws:iam::111122223333:root, ACTIVE]");
    }

    private void refuses(SignedRequest request, ErrorCode code, @Nullable String message) {
        refuses(request, NOW, code, message);
    }

    private void refuses(SignedRequest request, Instant now, ErrorCode code, @Nullable String message) {
        assertThatExceptionOfType(KeywardException.class)
                .isThrownBy(() -> verifier.verify(request, now))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    if (message != null) {
                        assertThat(refusal).hasMessage(message);
                    }
                });
    }

    private static SignedRequest withAuthorization(String authorization) {
        return with(without(new HandSigner(AMZ_DATE).sign(), "authorization"), "authorization", authorization);
    }

    private static SignedRequest with(SignedRequest request, String name, String value) {
        List<SignedRequest.Header> headers = new ArrayList<>(request.headers());
        headers.add(new SignedRequest.Header(name, value));
        return withHeaders(request, headers);
    }

    private static SignedRequest without(SignedRequest request, String name) {
        return withHeaders(
                request,
                request.headers().stream()
                        .filter(header -> !header.name().equals(name))
                        .toList());
    }

    private static SignedRequest withHeaders(SignedRequest request, List<SignedRequest.Header> headers) {
        return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }
}
