package dev.keyward.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Signed requests over HTTP on loopback, one connection for each thread, to Keyward and to as little as can be. */
public class Http {
    private static final int DATA_KEY_BYTES = 32;
    private static final int CONNECTIONS = 8;
    private static final int WARMUP_SECONDS = 30;

    /** Both servers, and one request that both get. It is signed once: its bytes are the same at every sending. */
    @State(Scope.Benchmark)
    public static class Servers extends RunningKeyward {
        private final byte[] encrypt = encryptRequest(DATA_KEY_BYTES);
        private final ConstantServer constant = new ConstantServer(limits(), answer("Encrypt", encrypt));
        private final byte[] request = SignedPost.sign(endpoint(), ACCESS_KEY_ID, SECRET, region(), "Encrypt", encrypt)
                .bytes();
        private final ThreadLocal<HttpConnection> toKeyward =
                ThreadLocal.withInitial(() -> new HttpConnection(endpoint()));
        private final ThreadLocal<HttpConnection> toConstant =
                ThreadLocal.withInitial(() -> new HttpConnection(constant.endpoint()));

        /** Stops the other server; Keyward stops by itself. */
        @TearDown
        public void closeConstant() {
            constant.close();
        }
    }

    @Benchmark
    @Row(
            title = "a constant answer over HTTP, the same Jetty, nothing verified",
            threads = CONNECTIONS,
            warmupSeconds = WARMUP_SECONDS)
    public int constant(Servers servers) {
        return servers.toConstant.get().exchange(servers.request);
    }

    @Benchmark
    @Row(
            title = "Encrypt 32 bytes over HTTP, Signature Version 4",
            threads = CONNECTIONS,
            warmupSeconds = WARMUP_SECONDS,
            against = @Against(type = Http.class, method = "constant", called = "a constant answer", atLeast = 0.4))
    public int encrypt(Servers servers) {
        return servers.toKeyward.get().exchange(servers.request);
    }
}
