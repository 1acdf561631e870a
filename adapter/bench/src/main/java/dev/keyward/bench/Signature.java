package dev.keyward.bench;

import dev.keyward.contract.AccountId;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Region;
import dev.keyward.http.sigv4.SignatureV4Verifier;
import dev.keyward.http.sigv4.SignedRequest;
import dev.keyward.http.sigv4.SignedService;
import dev.keyward.http.sigv4.SigningIdentity;
import dev.keyward.http.sigv4.VerifiedSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Verifying who signed, alone. */
public class Signature {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final String ACCESS_KEY_ID = "AKIAKEYWARDBENCHMARK";
    private static final String SECRET = "a secret of a benchmark, of 40 characters";
    private static final Region REGION = new Region("eu-central-1");
    private static final byte[] BODY = new byte[200];

    /** A signed request, and who may sign. */
    @State(Scope.Benchmark)
    public static class Signed {
        private final SigningIdentity identity = new SigningIdentity(
                ACCOUNT,
                new CallerIdentity.RootUser(ACCOUNT),
                SigningIdentity.Standing.ACTIVE,
                "1",
                () -> SECRET.getBytes(StandardCharsets.US_ASCII));
        private final SignatureV4Verifier verifier = new SignatureV4Verifier(
                SignedService.KMS, (accessKeyId, sessionToken) -> Optional.of(identity), Set.of(REGION));
        private final SignedRequest request = SignedPost.sign(
                        URI.create("http://127.0.0.1"), ACCESS_KEY_ID, SECRET, REGION.value(), "Encrypt", BODY)
                .request();
        private final Instant now = Instant.now();
    }

    @Benchmark
    @Row(title = "Signature Version 4 verified, alone")
    public VerifiedSigner verify(Signed signed) {
        return signed.verifier.verify(signed.request, signed.now);
    }
}
