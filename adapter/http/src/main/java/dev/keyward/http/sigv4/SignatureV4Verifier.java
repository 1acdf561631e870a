package dev.keyward.http.sigv4;

import dev.keyward.contract.KeywardException;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4 as it stands in the Authorization header. Refuses whatever a signature could leave
 * open: an unsigned {@code X-Amz-*} header, a body other than the hashed one, a second header of a name that decides
 * something, a query string that carries the signature. The answer to an unknown and an inactive access key, and to a
 * temporary one without its session token, is one and the same, and comes after the same work as the answer to a known
 * one. Thread-safe.
 */
public final class SignatureV4Verifier {
    private final SignedService service;
    private final SecretKeys secretKeys;
    private final Map<String, Region> regions;
    private final SigningKeys signingKeys = new SigningKeys();

    /**
     * @param service the service that requests are signed for
     * @param secretKeys who may sign
     * @param regions the Regions that this endpoint serves, at least one
     */
    public SignatureV4Verifier(SignedService service, SecretKeys secretKeys, Set<Region> regions) {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("an endpoint serves at least one Region");
        }
        this.service = service;
        this.secretKeys = secretKeys;
        this.regions = regions.stream().collect(Collectors.toUnmodifiableMap(Region::value, Function.identity()));
    }

    /**
     * Who signed {@code request}.
     *
     * @param now the time, to which the request's may be five minutes apart
     * @throws KeywardException MissingAuthenticationTokenException if there is no signature,
     *     IncompleteSignatureException if it has not the form of one, UnrecognizedClientException if the access key is
     *     unknown or inactive or its session token is not the right one, InvalidSignatureException if the signature is
     *     not the right one, ExpiredTokenException if it is, and the session is over
     */
    public VerifiedSigner verify(SignedRequest request, Instant now) {
        RequestRules.check(request);
        refuseSignatureInQuery(request.rawQuery());
        Authorization authorization =
                Authorization.parse(request.header(HeaderNames.AUTHORIZATION).orElseThrow(Refusals::missingToken));
        Credential credential = authorization.credential();
        RequestTime time = RequestTime.of(request);
        Region region = checkScope(credential, time);
        time.refuseOutsideWindow(now);
        RequestRules.checkSigned(request, service, authorization.signedHeaders());
        String bodyHash = checkBody(request);

        String canonicalRequest = CanonicalRequest.of(request, authorization.signedHeaders(), bodyHash);
        String stringToSign = String.join(
                "\n",
                Authorization.ALGORITHM,
                time.basicFormat(),
                credential.scope(),
                Hashing.sha256(canonicalRequest.getBytes(StandardCharsets.ISO_8859_1)));
        SigningIdentity identity = find(request, credential.accessKeyId());
        byte[] expected = Hashing.hmac(signingKeys.of(credential, identity), stringToSign);
        boolean matches = MessageDigest.isEqual(expected, HexFormat.of().parseHex(authorization.signature()));
        if (identity == null) {
            throw Refusals.unrecognizedClient();
        }
        if (!matches) {
            throw Refusals.mismatch();
        }
        if (identity.standing() == SigningIdentity.Standing.EXPIRED) {
            throw Refusals.expiredToken();
        }
        return new VerifiedSigner(
                new Scope(identity.account(), region), identity.principal(), credential.accessKeyId());
    }

    /** Null for an access key that cannot sign, and for one that comes without its session token or with one too many. */
    private @Nullable SigningIdentity find(SignedRequest request, String accessKeyId) {
        String sessionToken = request.header(HeaderNames.AMZ_SECURITY_TOKEN).orElse(null);
        return secretKeys
                .find(accessKeyId, sessionToken)
                .filter(identity -> identity.standing() != SigningIdentity.Standing.INACTIVE)
                .filter(identity -> (identity.principal().session() == null) == (sessionToken == null))
                .orElse(null);
    }

    private Region checkScope(Credential credential, RequestTime time) {
        Region region = regions.get(credential.region());
        if (region == null) {
            throw Refusals.invalid("Credential should be scoped to a valid region.");
        }
        if (!credential.service().equals(service.signingName())) {
            throw Refusals.invalid("Credential should be scoped to correct service: '" + service.signingName() + "'.");
        }
        if (!credential.terminator().equals(Credential.TERMINATOR)) {
            throw Refusals.invalid(
                    "Credential should be scoped with a valid terminator: '" + Credential.TERMINATOR + "'.");
        }
        if (!credential.date().equals(time.date())) {
            throw Refusals.invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                    + " HTTP: it should be '" + time.date() + "'.");
        }
        return region;
    }

    /**
     * The hash of the body as it was received. A request may name the hash too; placeholders such as UNSIGNED-PAYLOAD
     * are no hash, so they are refused like any wrong one.
     */
    private static String checkBody(SignedRequest request) {
        String computed = Hashing.sha256(request.body());
        Optional<String> named = request.header(HeaderNames.AMZ_CONTENT_SHA256);
        if (named.isPresent() && !named.get().equals(computed)) {
            throw Refusals.invalid(
                    "The provided 'x-amz-content-sha256' header does not match the SHA-256 of the request body.");
        }
        return computed;
    }

    private static void refuseSignatureInQuery(@Nullable String rawQuery) {
        if (rawQuery != null && rawQuery.toLowerCase(Locale.ROOT).contains("x-amz-")) {
            throw Refusals.incomplete(
                    "A signature is taken from the Authorization header only, never from the query string.");
        }
    }
}
