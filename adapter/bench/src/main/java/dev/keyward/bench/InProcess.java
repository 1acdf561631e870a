package dev.keyward.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Requests without HTTP, but with all else: policy, state, token, audit record. All but the first are AWS's JSON, read,
 * checked and written.
 */
public class InProcess {
    private static final int DATA_KEY_BYTES = 32;
    private static final byte[] DATA_KEY = new byte[DATA_KEY_BYTES];
    private static final int LONGEST_BYTES = 4096;

    /** The requests, made ahead. */
    @State(Scope.Benchmark)
    public static class Requests extends RunningKeyward {
        private final byte[] encrypt = encryptRequest(DATA_KEY_BYTES);
        private final byte[] encryptLongest = encryptRequest(LONGEST_BYTES);
        private final byte[] decrypt = decryptRequest(DATA_KEY_BYTES);
        private final byte[] generateDataKey = dataKeyRequest();
    }

    @Benchmark
    @Row(
            title = "Encrypt 32 bytes, in process",
            threads = {1, 2},
            against = {
                @Against(type = BareToken.class, method = "encrypt", called = "bare calls", atLeast = 0.6),
                @Against(type = SunPkcs11.class, method = "encrypt", called = "SunPKCS11", atLeast = 2.5)
            })
    public byte[] encrypt(Requests requests) {
        return requests.encrypt(DATA_KEY);
    }

    @Benchmark
    @Row(
            title = "Encrypt 32 bytes, in process, AWS's JSON",
            threads = {1, 2},
            against = @Against(type = BareToken.class, method = "encrypt", called = "bare calls"))
    public byte[] encryptJson(Requests requests) {
        return requests.answer("Encrypt", requests.encrypt);
    }

    @Benchmark
    @Row(
            title = "Encrypt 4096 bytes, in process, AWS's JSON",
            against = @Against(type = BareToken.class, method = "encryptLongest", called = "bare calls"))
    public byte[] encryptLongest(Requests requests) {
        return requests.answer("Encrypt", requests.encryptLongest);
    }

    @Benchmark
    @Row(title = "Decrypt 32 bytes, in process, AWS's JSON")
    public byte[] decrypt(Requests requests) {
        return requests.answer("Decrypt", requests.decrypt);
    }

    @Benchmark
    @Row(title = "GenerateDataKey AES_256, in process, AWS's JSON")
    public byte[] generateDataKey(Requests requests) {
        return requests.answer("GenerateDataKey", requests.generateDataKey);
    }
}
