package dev.keyward.kms.client;

import dev.keyward.contract.Caller;
import dev.keyward.kms.KmsFace;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * Makes clients of the AWS SDK that ask a face in this process. They are the SDK's interfaces whole: every operation, with
 * the convenience methods and paginators that the SDK defines on top. Answers and exceptions are those that the SDK's own
 * client gives over HTTP. There is no signature, since there is nobody between; who asks is who the client was made for.
 *
 * <p>Clients are thread-safe. Closing one does nothing: it has nothing of its own.
 */
public final class InProcessClients {
    private InProcessClients() {}

    /**
     * A client whose calls are answered in the thread that makes them, which should be a platform thread.
     *
     * @param face answers
     * @param callers whoever asks, with an id for each request
     * @param region what the client says its Region is
     */
    public static KmsClient client(KmsFace face, Supplier<Caller> callers, Region region) {
        Calls calls = new Calls(face, callers);
        return make(KmsClient.class, new Client(region, calls::answer));
    }

    /**
     * A client whose calls are answered in the threads of an executor, which should be platform threads.
     *
     * @param face answers
     * @param callers whoever asks, with an id for each request
     * @param region what the client says its Region is
     * @param executor not closed with the client
     */
    public static KmsAsyncClient asyncClient(KmsFace face, Supplier<Caller> callers, Region region, Executor executor) {
        Calls calls = new Calls(face, callers);
        Function<KmsRequest, CompletableFuture<KmsResponse>> later =
                request -> CompletableFuture.supplyAsync(() -> calls.answer(request), executor);
        return make(KmsAsyncClient.class, new Client(region, later));
    }

    private static <C> C make(Class<C> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A client's methods: those that take a request are asked, and all others are the SDK's own, on top of these. */
    private record Client(Region region, Function<KmsRequest, ?> door) implements InvocationHandler {
        @Override
        @SuppressWarnings("ReferenceEquality") // a client is equal to itself alone
        public @Nullable Object invoke(Object client, Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null && arguments.length == 1 && isAnswered(method)) {
                return door.apply((KmsRequest) arguments[0]);
            }
            return switch (method.getName()) {
                case "close" -> null;
                case "serviceName" -> KmsClient.SERVICE_NAME;
                case "serviceClientConfiguration" ->
                    KmsServiceClientConfiguration.builder().region(region).build();
                case "toString" -> "an in-process client of AWS KMS in " + region;
                case "hashCode" -> System.identityHashCode(client);
                case "equals" -> arguments != null && client == arguments[0];
                default -> InvocationHandler.invokeDefault(client, method, arguments);
            };
        }

        /** A paginator takes a request too, but asks others for it. */
        private static boolean isAnswered(Method method) {
            return KmsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && !method.getName().endsWith("Paginator");
        }
    }
}
