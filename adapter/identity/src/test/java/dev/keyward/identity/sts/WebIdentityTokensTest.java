package dev.keyward.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebIdentityTokensTest {
    private static final String ISSUER = "https://idp.example.com";
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final ECKey KEY = key("key-1");
    private static final ECKey OTHER_KEY = key("key-1");

    @TempDir
    private Path directory;

    private Path keys = Path.of("");

    @BeforeEach
    void publishKeys() throws IOException {
        keys = Files.writeString(directory.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
    }

    private WebIdentityTokens tokens() {
        IdentityProvider provider = new IdentityProvider(
                ISSUER, Set.of("keyward", "spare"), new IdentityProvider.Keys.File(keys), Duration.ofSeconds(5));
        return new WebIdentityTokens(List.of(provider), () -> NOW);
    }

    @Test
    void areBelieved() {
        WebIdentity identity = tokens().verify(token(claims -> claims.audience(List.of("another", "spare"))));

        assertThat(identity.subject()).isEqualTo("pod");
        assertThat(identity.audiences()).containsExactly("another", "spare");
        assertThat(identity.audience()).isEqualTo("spare");
        assertThat(identity.provider().issuer()).isEqualTo(ISSUER);
    }

    /** Each of the times is that of the provider's clock, which may be five seconds ahead or behind. */
    @ParameterizedTest
    @MethodSource
    void areBelievedAtTheEdge(UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        assertThat(tokens().verify(token(otherwise)).audience()).isEqualTo("keyward");
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> areBelievedAtTheEdge() {
        return Stream.of(
                claims -> claims.expirationTime(at(-4)),
                claims -> claims.notBeforeTime(at(5)),
                claims -> claims.issueTime(at(5)),
                claims -> claims.issueTime(null),
                claims -> claims.subject("s".repeat(255)));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                row(StsError.EXPIRED_IDENTITY_TOKEN, claims -> claims.expirationTime(at(-5))),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.expirationTime(null)),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.notBeforeTime(at(6))),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.issueTime(at(6))),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.audience("another")),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.audience(List.of())),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.issuer("https://another.example.com")),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.issuer(ISSUER + "/")),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.issuer(null)),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.subject(null)),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.subject("")),
                row(StsError.INVALID_IDENTITY_TOKEN, claims -> claims.subject("s".repeat(256))),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, signed(OTHER_KEY, JWSAlgorithm.ES256)),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, signedWithTheirPublicKey()),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, new PlainJWT(claims().build()).serialize()),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, withOtherClaims()),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, withoutSignature()),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, "not.a.token"),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, "neither"),
                Arguments.of(StsError.INVALID_IDENTITY_TOKEN, ""));
    }

    private static Arguments row(StsError error, UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        return Arguments.of(error, token(otherwise));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void areRefused(StsError error, String token) {
        assertThatExceptionOfType(StsException.class)
                .isThrownBy(() -> tokens().verify(token))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    @Test
    void areRefusedWhileTheirProvidersKeysCannotBeRead() throws IOException {
        String token = token(claims -> claims);
        Files.delete(keys);
        assertThatExceptionOfType(StsException.class)
                .isThrownBy(() -> tokens().verify(token))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(StsError.IDP_COMMUNICATION));
    }

    /** The file is read anew for every token. */
    @Test
    void areHeldAgainstTheKeysOfTheMoment() throws IOException {
        WebIdentityTokens tokens = tokens();
        tokens.verify(signed(KEY, JWSAlgorithm.ES256));

        Files.writeString(keys, new JWKSet(OTHER_KEY.toPublicJWK()).toString());

        tokens.verify(signed(OTHER_KEY, JWSAlgorithm.ES256));
        assertThatExceptionOfType(StsException.class).isThrownBy(() -> tokens.verify(signed(KEY, JWSAlgorithm.ES256)));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("pod")
                .audience("keyward")
                .issueTime(at(0))
                .expirationTime(at(600));
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        return signed(otherwise.apply(claims()), JWSAlgorithm.ES256, signer(KEY));
    }

    private static String signed(ECKey key, JWSAlgorithm algorithm) {
        return signed(claims(), algorithm, signer(key));
    }

    /** A key that everybody knows, taken for a shared secret. */
    private static String signedWithTheirPublicKey() {
        try {
            return signed(
                    claims(),
                    JWSAlgorithm.HS256,
                    new MACSigner(KEY.toPublicJWK().toJSONString()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withOtherClaims() {
        String[] ours = token(claims -> claims).split("\\.", -1);
        String[] others = token(claims -> claims.subject("admin")).split("\\.", -1);
        return ours[0] + "." + others[1] + "." + ours[2];
    }

    private static String withoutSignature() {
        String token = token(claims -> claims);
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer) {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("key-1").build(), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
