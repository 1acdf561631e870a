package dev.keyward.kms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyward.contract.ErrorCode;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.ErrorAnswers;
import dev.keyward.kms.FaceFixture;
import dev.keyward.kms.WireAnswer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What the client without a wire has besides the suites that it shares with AWS's own. */
class InProcessClientsTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromString("attack at dawn", StandardCharsets.UTF_8);

    private final FaceFixture fixture = new FaceFixture(FaceFixture.Door.IN_PROCESS);
    private final KmsClient kms = fixture.kms;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** The name of the operation is taken from that of the request's class. */
    @Test
    void everyOperationHasARequestOfItsName() {
        List<Method> operations = Arrays.stream(KmsClient.class.getMethods())
                .filter(method -> KmsResponse.class.isAssignableFrom(method.getReturnType()))
                .filter(method -> method.getParameterCount() == 1
                        && KmsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .toList();
        assertThat(operations).hasSizeGreaterThan(50).allSatisfy(method -> {
            String name = method.getName();
            assertThat(method.getParameterTypes()[0].getSimpleName())
                    .isEqualTo(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Request");
            assertThat(method.getReturnType().getSimpleName())
                    .isEqualTo(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Response");
        });
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void aRefusalIsTheExceptionThatTheSdkMakesOfIt(ErrorCode code) {
        KeywardException refusal = new KeywardException(code, "because");
        KmsException overTheWire = overTheWire(ErrorAnswers.of(refusal));

        KmsException here = Exceptions.of(refusal, "request-1");

        assertThat(here).hasSameClassAs(overTheWire);
        assertThat(here.awsErrorDetails().errorCode())
                .isEqualTo(overTheWire.awsErrorDetails().errorCode());
        assertThat(here.awsErrorDetails().errorMessage())
                .isEqualTo(overTheWire.awsErrorDetails().errorMessage());
        assertThat(here.awsErrorDetails().serviceName())
                .isEqualTo(overTheWire.awsErrorDetails().serviceName());
        assertThat(here.statusCode()).isEqualTo(overTheWire.statusCode());
        assertThat(here.isThrottlingException()).isEqualTo(overTheWire.isThrottlingException());
        assertThat(here.requestId()).isEqualTo("request-1");
    }

    private static KmsException overTheWire(WireAnswer answer) {
        try (KmsClient client = KmsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(new OneAnswer(answer))
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
            return catchThrowableOfType(KmsException.class, client::listKeys);
        }
    }

    private record OneAnswer(WireAnswer answer) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(answer.status())
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    @Test
    void anOperationThatIsNotOfferedIsRefusedAsOverTheWire() {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(kms::describeCustomKeyStores)
                .satisfies(refusal ->
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"));
        assertThat(fixture.lastAudited().operation()).isEqualTo("DescribeCustomKeyStores");
    }

    @Test
    void anAnswerSaysWhichRequestItIsOfAndKeepsTimesToTheMillisecond() {
        String key = fixture.createKey();
        DescribeKeyResponse answer = kms.describeKey(request -> request.keyId(key));

        assertThat(answer.responseMetadata().requestId()).isEqualTo("request-1");
        assertThat(answer.sdkHttpResponse().isSuccessful()).isTrue();
        Instant created = answer.keyMetadata().creationDate();
        assertThat(created).isEqualTo(created.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void thePlaintextOfACallerIsItsOwn() {
        String key = fixture.createKey();
        SdkBytes ciphertext =
                kms.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT)).ciphertextBlob();

        SdkBytes decrypted =
                kms.decrypt(request -> request.ciphertextBlob(ciphertext)).plaintext();

        assertThat(decrypted).isEqualTo(PLAINTEXT);
        assertThat(PLAINTEXT.asUtf8String()).isEqualTo("attack at dawn");
    }

    @Test
    void paginatorsAskForOnePageAfterTheOther() {
        List<String> keys = List.of(fixture.createKey(), fixture.createKey(), fixture.createKey());

        assertThat(kms.listKeysPaginator(request -> request.limit(1)).keys().stream()
                        .map(KeyListEntry::keyId))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void theAsynchronousClientAnswersInItsExecutor() {
        String key = fixture.createKey();
        try (ExecutorService executor = Executors.newSingleThreadExecutor();
                KmsAsyncClient client = fixture.asyncClient(executor)) {
            SdkBytes ciphertext = client.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT))
                    .join()
                    .ciphertextBlob();
            assertThat(client.decrypt(request -> request.ciphertextBlob(ciphertext))
                            .join()
                            .plaintext())
                    .isEqualTo(PLAINTEXT);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> client.describeKey(request -> request.keyId("alias/none"))
                            .join())
                    .withCauseInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void aClientIsAnObjectLikeOthers() {
        KmsClient another = fixture.client(FaceFixture.ACCOUNT);
        assertThat(Set.of(kms, another)).contains(kms).doesNotContain(fixture.client(FaceFixture.ACCOUNT));
        assertThat(kms).hasToString("an in-process client of AWS KMS in us-east-1");
        assertThat(kms.serviceName()).isEqualTo("kms");
        assertThat(kms.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    }
}
