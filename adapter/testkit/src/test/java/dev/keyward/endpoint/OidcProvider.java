package dev.keyward.endpoint;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** An OpenID Connect provider of a test: it signs tokens, and serves its key set on loopback. Thread-safe. */
final class OidcProvider implements AutoCloseable {
    static final String AUDIENCE = "sts.example.com";

    private final HttpServer server;
    private final ECKey key;

    private OidcProvider(HttpServer server, ECKey key) {
        this.server = server;
        this.key = key;
    }

    static OidcProvider start() {
        try {
            ECKey key = key();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keySet = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.sendResponseHeaders(200, keySet.length);
                exchange.getResponseBody().write(keySet);
                exchange.close();
            });
            server.start();
            return new OidcProvider(server, key);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that is not the provider's own, though it has the same id. */
    static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How policies name it. */
    String name() {
        return issuer().substring("http://".length());
    }

    URI keys() {
        return URI.create(issuer() + "/keys");
    }

    /** A token for a subject that is good for ten minutes. */
    String token(String subject) {
        return token(subject, claims -> claims, key);
    }

    /** A token that is otherwise. */
    String token(String subject, UnaryOperator<JWTClaimsSet.Builder> otherwise, ECKey signingKey) {
        Instant now = Instant.now();
        JWTClaimsSet claims = otherwise
                .apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(subject)
                        .audience(AUDIENCE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600))))
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(signingKey.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(signingKey));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    ECKey ownKey() {
        return key;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
