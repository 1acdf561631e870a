package dev.keyward.http.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by hand a request to {@code POST /}, written down straight from the documentation and sharing nothing with the
 * verifier. Unlike the AWS SDK for Java it adds no x-amz-content-sha256, which is how boto3 signs. Every part can be
 * replaced before signing, so wrong requests can be signed right.
 */
public final class HandSigner {
    private String accessKeyId = Identities.ACCESS_KEY_ID;
    private String secret = Identities.SECRET;
    private String region = "us-east-1";
    private String service = "kms";
    private String terminator = "aws4_request";
    private final String amzDate;
    private String scopeDate;
    private byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    private final Map<String, String> headers = new TreeMap<>();
    private final List<String> unsigned = new ArrayList<>();

    /** @param amzDate such as {@code 20261124T120000Z} */
    public HandSigner(String amzDate) {
        this.amzDate = amzDate;
        this.scopeDate = amzDate.substring(0, 8);
        headers.put("host", "localhost");
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("x-amz-target", "TrentService.ListKeys");
        headers.put("x-amz-date", amzDate);
    }

    public HandSigner accessKey(String newAccessKeyId, String newSecret) {
        accessKeyId = newAccessKeyId;
        secret = newSecret;
        return this;
    }

    public HandSigner scope(String newDate, String newRegion, String newService, String newTerminator) {
        scopeDate = newDate;
        region = newRegion;
        service = newService;
        terminator = newTerminator;
        return this;
    }

    public HandSigner region(String newRegion) {
        return scope(scopeDate, newRegion, service, terminator);
    }

    public HandSigner body(byte[] newBody) {
        body = newBody;
        return this;
    }

    /** Adds a header, signed unless {@link #leaveUnsigned} says otherwise. The name is in lower case. */
    public HandSigner header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public HandSigner without(String name) {
        headers.remove(name);
        return this;
    }

    public HandSigner leaveUnsigned(String name) {
        unsigned.add(name);
        return this;
    }

    /** The signed request, its Authorization header last. */
    public SignedRequest sign() {
        List<SignedRequest.Header> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(new SignedRequest.Header(name, value)));
        lines.add(new SignedRequest.Header("authorization", authorization()));
        return new SignedRequest("POST", "/", null, lines, body);
    }

    private String authorization() {
        List<String> signed = headers.keySet().stream()
                .filter(name -> !unsigned.contains(name))
                .toList();
        String names = String.join(";", signed);
        String canonical = "POST\n/\n\n"
                + signed.stream()
                        .map(name -> name + ":" + headers.get(name) + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + sha256(body);
        String scope = String.join("/", scopeDate, region, service, terminator);
        String stringToSign = String.join(
                "\n", "AWS4-HMAC-SHA256", amzDate, scope, sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String step : List.of(scopeDate, region, service, terminator)) {
            key = hmac(key, step);
        }
        return "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + HexFormat.of().formatHex(hmac(key, stringToSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
