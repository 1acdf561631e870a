package dev.keyward.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyward.conformance.MovableClock;
import dev.keyward.conformance.store.InMemoryMetadataStore;
import dev.keyward.conformance.token.InMemoryToken;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AuditEvent;
import dev.keyward.contract.AuditSink;
import dev.keyward.contract.Caller;
import dev.keyward.contract.CallerIdentity;
import dev.keyward.contract.Region;
import dev.keyward.contract.Scope;
import dev.keyward.kms.client.InProcessClients;
import dev.keyward.lifecycle.Lifecycle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.OriginType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The face of a lifecycle on an in-memory store and token, for AWS's own client and for bytes. */
public final class FaceFixture implements AutoCloseable {
    public static final String ACCOUNT = "111122223333";
    public static final String OTHER_ACCOUNT = "444455556666";

    public final MovableClock clock = new MovableClock();
    public final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    public final People people = new People();
    private final Lifecycle lifecycle = new Lifecycle(
            clock,
            new InMemoryMetadataStore(),
            new InMemoryToken("test"),
            new AuditSink() {
                @Override
                public void write(AuditEvent event) {
                    audited.add(event);
                }

                @Override
                public void close() {}
            },
            people);
    private final KmsFace face = new KmsFace(lifecycle);

    private final Door door;

    /** A client, as a principal of {@link #ACCOUNT}. */
    public final KmsClient kms;

    /** How a client comes to the face. */
    public enum Door {
        /** AWS's client, unchanged, but for what carries its requests. */
        WIRE,
        /** The client without a wire. */
        IN_PROCESS
    }

    /** With AWS's client. */
    public FaceFixture() {
        this(Door.WIRE);
    }

    /** With clients that use that door. */
    public FaceFixture(Door door) {
        this.door = door;
        kms = client(ACCOUNT);
    }

    /** Who asks when a principal of that account does. */
    public static Caller caller(String account) {
        return new Caller(
                new Scope(new AccountId(account), new Region("us-east-1")),
                new CallerIdentity.User("arn:aws:iam::%s:user/alice".formatted(account), "AIDAALICE"),
                "AKIAEXAMPLE",
                "127.0.0.1",
                "tests/1.0",
                "request-1",
                true);
    }

    /** A client, as a principal of that account. */
    public KmsClient client(String account) {
        return client(caller(account));
    }

    /** A client, as one of the people. */
    public KmsClient clientOf(String name) {
        return client(people.caller(name));
    }

    private KmsClient client(Caller caller) {
        return switch (door) {
            case WIRE -> wireClient(caller);
            case IN_PROCESS ->
                InProcessClients.client(face, () -> caller, software.amazon.awssdk.regions.Region.US_EAST_1);
        };
    }

    /** A client without a wire whose calls are answered in an executor. */
    public KmsAsyncClient asyncClient(Executor executor) {
        return InProcessClients.asyncClient(
                face, () -> caller(ACCOUNT), software.amazon.awssdk.regions.Region.US_EAST_1, executor);
    }

    private KmsClient wireClient(Caller caller) {
        return KmsClient.builder()
                .region(software.amazon.awssdk.regions.Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "none")))
                .httpClient(new FaceHttpClient(face, caller))
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** The answer to a body. */
    public WireAnswer answer(String operation, String body) {
        return face.answer(caller(ACCOUNT), operation, body.getBytes(UTF_8));
    }

    /** The answer to a body that one of the people sent. */
    public JsonNode jsonAs(String name, String operation, String body) {
        byte[] answer = face.answer(people.caller(name), operation, body.getBytes(UTF_8))
                .body();
        return JsonMapper.shared().readTree(answer.length == 0 ? "{}".getBytes(UTF_8) : answer);
    }

    /** The answer to a body, read. */
    public JsonNode json(String operation, String body) {
        return JsonMapper.shared().readTree(answer(operation, body).body());
    }

    /** The id of a new key. */
    public String createKey() {
        return kms.createKey().keyMetadata().keyId();
    }

    /** The id of a new key that waits for its material. */
    public String createExternalKey() {
        return kms.createKey(request -> request.origin(OriginType.EXTERNAL))
                .keyMetadata()
                .keyId();
    }

    /** Does the background work that is due. */
    public void maintain() {
        lifecycle.maintenance().run();
    }

    public String arn(String keyId) {
        return "arn:aws:kms:us-east-1:%s:key/%s".formatted(ACCOUNT, keyId);
    }

    /** The last audit record. */
    public AuditEvent lastAudited() {
        return audited.getLast();
    }

    @Override
    public void close() {
        kms.close();
        lifecycle.close();
    }
}
