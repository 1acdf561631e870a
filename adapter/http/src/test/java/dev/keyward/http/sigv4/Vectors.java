package dev.keyward.http.sigv4;

import dev.keyward.contract.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files under {@code src/test/resources/sigv4}: one request each, right or with one fault. The name of a file
 * is the outcome, then the fault. All are signed with the access key of {@link Identities} for us-east-1 and kms.
 *
 * <p>Run {@link #main} with that directory after a change here.
 */
final class Vectors {
    static final String NOW = "2026-11-24T12:00:00Z";

    private static final String AMZ_DATE = "20261124T120000Z";
    private static final String DATE = "20261124";
    private static final String SCOPE = DATE + "/us-east-1/kms/aws4_request";

    private final SequencedMap<String, String> files = new LinkedHashMap<>();

    private Vectors() {}

    /** Writes every vector into the directory that the first argument names. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        for (var file : all().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
        }
    }

    /** The text of every vector by the name of its file. */
    static SequencedMap<String, String> all() {
        Vectors vectors = new Vectors();
        vectors.addAccepted();
        vectors.addIncomplete();
        vectors.addUnrecognized();
        vectors.addInvalid();
        return vectors.files;
    }

    private void addAccepted() {
        accepted("plain", signed(signer -> signer));
        accepted(
                "content-hash",
                signed(signer -> signer.header(
                        "x-amz-content-sha256", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")));
        accepted(
                "date-header",
                signed(signer -> signer.without("x-amz-date").header("date", "Tue, 24 Nov 2026 12:00:00 GMT")));
        accepted("empty-body", signed(signer -> signer.body(new byte[0])));
        accepted(
                "unsigned-user-agent",
                signed(signer -> signer.header("user-agent", "any").leaveUnsigned("user-agent")));
        accepted(
                "spaces-folded",
                replaced(signer -> signer.header("x-note", "a b"), "x-note: a b", "x-note:   a   b  "));
    }

    private void addIncomplete() {
        refused(ErrorCode.MISSING_AUTHENTICATION_TOKEN, "no-authorization", authorized(authorization -> null));
        incomplete("basic-authorization", authorized(authorization -> "Basic YTpi"));
        incomplete("no-credential", authorized(authorization -> authorization.replace("Credential=", "Credentials=")));
        incomplete("no-signature", authorized(authorization -> authorization.replaceAll(", Signature=.*", "")));
        incomplete(
                "no-signed-headers",
                authorized(authorization -> authorization.replaceAll("SignedHeaders=[^,]*, ", "")));
        incomplete("two-signatures", authorized(authorization -> authorization + ", Signature=" + "0".repeat(64)));
        incomplete(
                "short-signature", authorized(authorization -> authorization.substring(0, authorization.length() - 1)));
        incomplete("four-element-credential", authorized(authorization -> authorization.replace("/us-east-1", "")));
        incomplete(
                "signed-headers-unsorted",
                authorized(authorization -> authorization.replace("content-type;host", "host;content-type")));
        incomplete(
                "signed-headers-in-capitals", authorized(authorization -> authorization.replace(";host;", ";Host;")));
        incomplete("no-date", signed(signer -> signer.without("x-amz-date")));
        incomplete("extended-date", signed(signer -> signer.header("x-amz-date", NOW)));
        incomplete("two-hosts", replaced(signer -> signer, "host: localhost", "host: localhost\nhost: localhost"));
        incomplete(
                "two-targets",
                replaced(
                        signer -> signer,
                        "x-amz-target: TrentService.ListKeys",
                        "x-amz-target: TrentService.ListKeys\nx-amz-target: TrentService.ListKeys"));
        incomplete(
                "signature-in-query",
                replaced(signer -> signer, "POST / ", "POST /?X-Amz-Algorithm=AWS4-HMAC-SHA256 "));
    }

    private void addUnrecognized() {
        refused(
                ErrorCode.UNRECOGNIZED_CLIENT,
                "unknown-access-key",
                signed(signer -> signer.accessKey("KWIDUNKNOWN000000001", Identities.SECRET)));
        refused(
                ErrorCode.UNRECOGNIZED_CLIENT,
                "session-token",
                signed(signer -> signer.header("x-amz-security-token", "token")));
    }

    private void addInvalid() {
        invalid("last-digit-changed", authorized(Vectors::changeLastDigit));
        invalid("wrong-secret", signed(signer -> signer.accessKey(Identities.ACCESS_KEY_ID, "wrong")));
        invalid("body-changed", replaced(signer -> signer, "\n{}", "\n[]"));
        invalid("host-changed", replaced(signer -> signer, "host: localhost", "host: localhosu"));
        invalid("target-changed", replaced(signer -> signer, "TrentService.ListKeys", "TrentService.ListKeyz"));
        invalid("path-changed", replaced(signer -> signer, "POST / ", "POST /a "));
        invalid("query-added", replaced(signer -> signer, "POST / ", "POST /?a=b "));
        invalid("method-changed", replaced(signer -> signer, "POST / ", "PUT / "));
        invalid("signed-header-missing", replaced(signer -> signer.header("x-note", "a"), "x-note: a\n", ""));
        invalid("host-not-signed", signed(signer -> signer.leaveUnsigned("host")));
        invalid("date-not-signed", signed(signer -> signer.leaveUnsigned("x-amz-date")));
        invalid("target-not-signed", signed(signer -> signer.leaveUnsigned("x-amz-target")));
        invalid(
                "other-amz-header-not-signed",
                signed(signer -> signer.header("x-amz-other", "a").leaveUnsigned("x-amz-other")));
        invalid("other-region", signed(signer -> signer.region("us-west-2")));
        invalid("other-service", signed(signer -> signer.scope(DATE, "us-east-1", "s3", "aws4_request")));
        invalid("other-terminator", signed(signer -> signer.scope(DATE, "us-east-1", "kms", "aws4")));
        invalid("other-day-in-scope", signed(signer -> signer.scope("20261123", "us-east-1", "kms", "aws4_request")));
        invalid("six-minutes-old", text(new HandSigner("20261124T115400Z").sign()));
        invalid("six-minutes-ahead", text(new HandSigner("20261124T120600Z").sign()));
        invalid("unsigned-payload", signed(signer -> signer.header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")));
        invalid(
                "streaming-payload",
                signed(signer -> signer.header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")));
        invalid(
                "content-hash-of-another-body",
                signed(signer -> signer.header("x-amz-content-sha256", "0".repeat(64))));
    }

    private void accepted(String name, String request) {
        files.put("accepted." + name + ".txt", request);
    }

    private void incomplete(String fault, String request) {
        refused(ErrorCode.INCOMPLETE_SIGNATURE, fault, request);
    }

    private void invalid(String fault, String request) {
        refused(ErrorCode.INVALID_SIGNATURE, fault, request);
    }

    private void refused(ErrorCode code, String fault, String request) {
        files.put(code.awsCode() + "." + fault + ".txt", request);
    }

    private static String signed(UnaryOperator<HandSigner> change) {
        return text(change.apply(new HandSigner(AMZ_DATE)).sign());
    }

    /** Signed, and then changed. */
    private static String replaced(UnaryOperator<HandSigner> change, String target, String replacement) {
        String text = signed(change);
        if (!text.contains(target)) {
            throw new IllegalStateException("there is no " + target + " to change");
        }
        return text.replace(target, replacement);
    }

    /** Signed, and then the Authorization header changed; taken away where the change gives null. */
    private static String authorized(Change change) {
        SignedRequest request = new HandSigner(AMZ_DATE).sign();
        List<SignedRequest.Header> headers = new ArrayList<>(request.headers());
        String authorization = headers.removeLast().value();
        if (!authorization.contains(SCOPE)) {
            throw new IllegalStateException("the example is signed for another scope");
        }
        String changed = change.apply(authorization);
        if (authorization.equals(changed)) {
            throw new IllegalStateException("nothing was changed");
        }
        if (changed != null) {
            headers.add(new SignedRequest.Header("authorization", changed));
        }
        return text(new SignedRequest("POST", "/", null, headers, request.body()));
    }

    private static String changeLastDigit(String authorization) {
        int last = authorization.length() - 1;
        return authorization.substring(0, last) + (authorization.charAt(last) == '0' ? '1' : '0');
    }

    private static String text(SignedRequest request) {
        StringBuilder text = new StringBuilder("POST / HTTP/1.1\n");
        request.headers()
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append('\n'));
        return text.append('\n')
                .append(new String(request.body(), StandardCharsets.UTF_8))
                .toString();
    }

    private interface Change {
        @Nullable
        String apply(String authorization);
    }
}
