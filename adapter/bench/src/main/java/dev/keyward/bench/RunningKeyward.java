package dev.keyward.bench;

import dev.keyward.boot.Keyward;
import dev.keyward.boot.KeywardConfiguration;
import dev.keyward.boot.RootIdentity;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.EncryptionAlgorithm;
import dev.keyward.kms.KmsFace;
import dev.keyward.kms.WireAnswer;
import dev.keyward.lifecycle.EncryptionContext;
import dev.keyward.lifecycle.Lifecycle;
import dev.keyward.lifecycle.Operation;
import dev.keyward.lifecycle.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole Keyward on a fresh token, as {@code keyward serve} starts it, with one key. Thread-safe. */
@State(Scope.Benchmark)
public class RunningKeyward {
    static final String ACCESS_KEY_ID = "AKIAKEYWARDBENCHMARK";
    static final String SECRET = "a secret of a benchmark, of 40 characters";
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final int OK = 200;

    private final FreshHome home = new FreshHome();
    private final KeywardConfiguration configuration = home.configuration();
    private final Keyward keyward = Keyward.open(configuration, root(), Map.of(), InstantSource.system());
    private final KmsFace face = new KmsFace(keyward.lifecycle());
    private final dev.keyward.contract.Scope scope =
            new dev.keyward.contract.Scope(ACCOUNT, configuration.regions().getFirst());
    private final String keyId = member("KeyId", answer("CreateKey", bytes("{}")));

    private static RootIdentity root() {
        return new RootIdentity(ACCESS_KEY_ID, bytes(SECRET), ACCOUNT, false);
    }

    URI endpoint() {
        return keyward.endpoint();
    }

    KeywardConfiguration.Limits limits() {
        return configuration.limits();
    }

    String region() {
        return scope.region().value();
    }

    /** Encrypts in process, as a caller does that has objects and no JSON: the whole request path. */
    byte[] encrypt(byte[] plaintext) {
        Lifecycle lifecycle = keyward.lifecycle();
        Caller caller = caller();
        return lifecycle
                .path()
                .handle(
                        caller,
                        Operation.ENCRYPT.awsName(),
                        () -> Request.of(Operation.ENCRYPT, caller)
                                .onKey(keyId)
                                .performs((call, on) -> lifecycle
                                        .cryptography()
                                        .encrypt(
                                                call,
                                                on.key(),
                                                EncryptionAlgorithm.SYMMETRIC_DEFAULT,
                                                plaintext,
                                                EncryptionContext.EMPTY)
                                        .blob()));
    }

    /** Answers AWS's JSON in process: everything but HTTP and the signature. */
    byte[] answer(String operation, byte[] body) {
        WireAnswer answer = face.answer(caller(), operation, body);
        if (answer.status() != OK) {
            throw new IllegalStateException(operation + ": " + answer.errorCode());
        }
        return answer.body();
    }

    /** Each request has an id of its own. */
    private Caller caller() {
        return new Caller(
                scope,
                new CallerIdentity.RootUser(keyward.root().account()),
                ACCESS_KEY_ID,
                "in-process",
                "keyward-bench",
                UUID.randomUUID().toString(),
                false);
    }

    /** A request to encrypt that many bytes. */
    byte[] encryptRequest(int lengthBytes) {
        String plaintext = Base64.getEncoder().encodeToString(new byte[lengthBytes]);
        return bytes("{\"KeyId\":\"" + keyId + "\",\"Plaintext\":\"" + plaintext + "\"}");
    }

    /** A request to decrypt a new ciphertext of that many bytes. */
    byte[] decryptRequest(int lengthBytes) {
        String ciphertext = member("CiphertextBlob", answer("Encrypt", encryptRequest(lengthBytes)));
        return bytes("{\"CiphertextBlob\":\"" + ciphertext + "\"}");
    }

    /** A request for a data key. */
    byte[] dataKeyRequest() {
        return bytes("{\"KeyId\":\"" + keyId + "\",\"KeySpec\":\"AES_256\"}");
    }

    private static String member(String name, byte[] answer) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(new String(answer, StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in the answer");
        }
        return matcher.group(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Stops it and removes its home. */
    @TearDown
    public void close() {
        keyward.close();
        home.close();
    }
}
