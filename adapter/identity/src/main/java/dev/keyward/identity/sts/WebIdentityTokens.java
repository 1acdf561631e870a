package dev.keyward.identity.sts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the ID tokens of OpenID Connect providers: signature, issuer, audience, and time. Only signatures by a private
 * key count: a key that is public cannot be taken for a shared secret. Thread-safe.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core, 3.1.3.7</a>
 */
final class WebIdentityTokens {
    private static final Logger LOG = LoggerFactory.getLogger(WebIdentityTokens.class);
    private static final int TIMEOUT_MILLISECONDS = 5_000;
    private static final int LONGEST_KEY_SET_BYTES = 256 * 1024;
    private static final int LONGEST_SUBJECT = 255; // OpenID Connect Core, 2
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Map<String, IdentityProvider> providers;
    private final Map<String, JWKSource<SecurityContext>> remoteKeys;
    private final InstantSource clock;

    /** @param clock the time of day, which providers go by */
    WebIdentityTokens(List<IdentityProvider> providers, InstantSource clock) {
        this.providers = providers.stream().collect(Collectors.toMap(IdentityProvider::issuer, Function.identity()));
        this.remoteKeys = providers.stream()
                .filter(provider -> provider.keys() instanceof IdentityProvider.Keys.Address)
                .collect(Collectors.toMap(IdentityProvider::issuer, WebIdentityTokens::remote));
        this.clock = clock;
    }

    private static JWKSource<SecurityContext> remote(IdentityProvider provider) {
        try {
            return JWKSourceBuilder.create(
                            ((IdentityProvider.Keys.Address) provider.keys())
                                    .uri()
                                    .toURL(),
                            new DefaultResourceRetriever(
                                    TIMEOUT_MILLISECONDS, TIMEOUT_MILLISECONDS, LONGEST_KEY_SET_BYTES))
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an address of keys: " + provider.keys(), e);
        }
    }

    /** @throws StsException if the token is not one that can be believed now */
    WebIdentity verify(String token) {
        SignedJWT jwt = parsed(token);
        IdentityProvider provider = providers.get(issuer(jwt));
        if (provider == null) {
            throw invalid("No OpenIDConnect provider found in your account for " + issuer(jwt));
        }
        JWTClaimsSet claims = claims(provider, jwt);
        checkTime(provider, claims);
        if (claims.getAudience().stream().noneMatch(provider.audiences()::contains)) {
            throw invalid("Incorrect token audience");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw invalid("The token must name a subject of at most " + LONGEST_SUBJECT + " characters.");
        }
        return new WebIdentity(provider, subject, claims.getAudience());
    }

    private static SignedJWT parsed(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException notSigned) {
            throw invalid(
                    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        }
    }

    /** What the token says of its issuer, to be believed once its signature is. */
    private static String issuer(SignedJWT jwt) {
        try {
            String issuer = jwt.getJWTClaimsSet().getIssuer();
            return issuer == null ? "" : issuer;
        } catch (ParseException noClaims) {
            throw invalid("The claims of the token cannot be read.");
        }
    }

    private JWTClaimsSet claims(IdentityProvider provider, SignedJWT jwt) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(provider)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // by our clock, below
        try {
            return processor.process(jwt, null);
        } catch (KeySourceException unreachable) {
            LOG.warn("the keys of identity provider {} cannot be had: {}", provider.issuer(), unreachable.getMessage());
            throw new StsException(
                    StsError.IDP_COMMUNICATION, "Couldn't retrieve verification key from your identity provider.");
        } catch (BadJOSEException | JOSEException untrue) {
            throw invalid("The signature of the token is not one of its provider's.");
        }
    }

    private JWKSource<SecurityContext> keys(IdentityProvider provider) {
        return switch (provider.keys()) {
            case IdentityProvider.Keys.Address _ -> {
                JWKSource<SecurityContext> remote = remoteKeys.get(provider.issuer());
                if (remote == null) {
                    throw new IllegalStateException("no keys of " + provider.issuer());
                }
                yield remote;
            }
            case IdentityProvider.Keys.File(var path) -> {
                try {
                    yield new ImmutableJWKSet<>(JWKSet.load(path.toFile()));
                } catch (IOException | ParseException unreadable) {
                    LOG.warn(
                            "the keys of identity provider {} cannot be read from {}",
                            provider.issuer(),
                            path,
                            unreadable);
                    throw new StsException(
                            StsError.IDP_COMMUNICATION,
                            "Couldn't retrieve verification key from your identity provider.");
                }
            }
        };
    }

    private void checkTime(IdentityProvider provider, JWTClaimsSet claims) {
        Instant now = clock.instant();
        Duration skew = provider.clockSkew();
        Instant expires = instant(claims.getExpirationTime());
        if (expires == null) {
            throw invalid("The token does not say when it expires.");
        }
        if (!now.minus(skew).isBefore(expires)) {
            throw new StsException(
                    StsError.EXPIRED_IDENTITY_TOKEN,
                    "Token expired: current date/time " + now.getEpochSecond()
                            + " must be before the expiration date/time " + expires.getEpochSecond());
        }
        for (Instant notBefore : new Instant[] {instant(claims.getNotBeforeTime()), instant(claims.getIssueTime())}) {
            if (notBefore != null && now.plus(skew).isBefore(notBefore)) {
                throw invalid("The token is not valid yet.");
            }
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static StsException invalid(String message) {
        return new StsException(StsError.INVALID_IDENTITY_TOKEN, message);
    }
}
