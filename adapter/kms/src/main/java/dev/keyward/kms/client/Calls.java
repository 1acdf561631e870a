package dev.keyward.kms.client;

import dev.keyward.contract.Caller;
import dev.keyward.contract.KeywardException;
import dev.keyward.kms.KmsFace;
import dev.keyward.kms.json.AwsJsonReader;
import dev.keyward.kms.json.AwsJsonWriter;
import dev.keyward.kms.json.Shape;
import dev.keyward.kms.json.Shapes;
import dev.keyward.kms.operation.Secrets;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.util.AwsHeader;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * Asks a face for answers to the SDK's requests, in the form in which they would come over the wire: so what is checked,
 * refused and recorded is the same, and no object of the client's is shared with the service. Thread-safe.
 */
final class Calls {
    private static final String REQUEST = "Request";
    private static final int OK = 200;

    private final KmsFace face;
    private final Supplier<Caller> callers;
    private final Map<Class<?>, Shape.Structure> answers = new ConcurrentHashMap<>();

    Calls(KmsFace face, Supplier<Caller> callers) {
        this.face = face;
        this.callers = callers;
    }

    /**
     * The answer to a request.
     *
     * @throws KmsException the one of its kinds that the SDK's own client throws
     */
    KmsResponse answer(KmsRequest request) {
        String operation = operation(request);
        Caller caller = callers.get();
        byte[] body = AwsJsonWriter.write(request);
        try {
            SdkPojo response = face.respond(caller, operation, body);
            return received(
                    response, answers.computeIfAbsent(request.getClass(), Calls::answerShape), caller.requestId());
        } catch (KeywardException refusal) {
            throw Exceptions.of(refusal, caller.requestId());
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** {@code EncryptRequest} is of Encrypt. */
    private static String operation(KmsRequest request) {
        String name = request.getClass().getSimpleName();
        return name.substring(0, name.length() - REQUEST.length());
    }

    private static Shape.Structure answerShape(Class<?> request) {
        String name = request.getName();
        String answer = name.substring(0, name.length() - REQUEST.length()) + "Response";
        try {
            Method builder =
                    Class.forName(answer, true, request.getClassLoader()).getMethod("builder");
            return Shapes.of(() -> builder(builder), member -> true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SDK has no " + answer, e);
        }
    }

    private static SdkPojo builder(Method builder) {
        try {
            return (SdkPojo) builder.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client would receive of a response: times to the millisecond, and the members that travel. */
    private static KmsResponse received(SdkPojo response, Shape.Structure shape, String requestId) {
        byte[] body = AwsJsonWriter.write(response);
        try {
            KmsResponse.Builder received =
                    (KmsResponse.Builder) ((KmsResponse) AwsJsonReader.read(body, shape)).toBuilder();
            received.responseMetadata(metadata(requestId));
            received.sdkHttpResponse(SdkHttpResponse.builder().statusCode(OK).build());
            return received.build();
        } finally {
            Arrays.fill(body, (byte) 0);
            Secrets.of(response).clear();
        }
    }

    private static AwsResponseMetadata metadata(String requestId) {
        return DefaultAwsResponseMetadata.create(Map.of(AwsHeader.AWS_REQUEST_ID, requestId));
    }
}
